import { exists, invalid, notFound } from "../google-error.ts";
import { type HeldSubscription, holdSubscription } from "./held-subscription.ts";
import { type PushResult, pushOnce } from "./push.ts";
import type { Message, Outstanding, SubscriptionConfig } from "./subscription.ts";

export type PubSub = ReturnType<typeof createPubSub>;

type NewMessage = Omit<Message, "messageId" | "publishTime">;
type Pushed = PushResult & { subscription: string; messageId: string; attempt: number };

export type PubSubOptions = {
  now: () => number;
  /** Signs the token of a push; undefined sends none, as the official emulator does. */
  tokenFor: (config: SubscriptionConfig) => string | undefined;
  faults: { duplicate(): boolean; holdBack(): boolean };
};

/** Pushes under way at once. */
const MOST_PUSHES = 50;
const TICK_MS = 20;
const LONGEST_PULL_MS = 20_000;
const LOOK_MS = 200;

/** Topics and subscriptions with redelivery, backoff, ordering and dead letters (contract section 1). */
export function createPubSub(options: PubSubOptions) {
  const { now, faults } = options;
  const topics = new Set<string>();
  const held = new Map<string, HeldSubscription>();
  let counter = 0;

  const find = (name: string): HeldSubscription => {
    const found = held.get(name);
    if (!found) throw notFound(name);
    return found;
  };
  const publish = (topic: string, messages: readonly NewMessage[]): string[] => {
    if (!topics.has(topic)) throw notFound(topic);
    return messages.map((given) => {
      counter += 1;
      const messageId = String(now() * 1_000 + (counter % 1_000));
      const message = { ...given, messageId, publishTime: new Date(now()).toISOString() };
      for (const own of held.values()) if (own.config.topic === topic) own.add(message);
      return messageId;
    });
  };
  const hooks = {
    now,
    duplicate: faults.duplicate,
    deadLetter: (topic: string, message: NewMessage) => void publish(topic, [message]),
  };
  const pusher = startPushing(() => held.values(), options);

  return {
    log: pusher.log,
    createTopic: (name: string) => void topics.add(name),
    hasTopic: (name: string) => topics.has(name),
    create(config: SubscriptionConfig): SubscriptionConfig {
      if (held.has(config.name)) throw exists(config.name);
      if (!topics.has(config.topic)) throw notFound(config.topic);
      if (config.ackDeadlineSeconds < 10 || config.ackDeadlineSeconds > 600)
        throw invalid("ackDeadlineSeconds must be between 10 and 600.");
      held.set(config.name, holdSubscription(config, hooks));
      return config;
    },
    get: (name: string) => find(name).config,
    list: () => [...held.values()].map(({ config }) => config),
    modifyPush(name: string, pushConfig: SubscriptionConfig["pushConfig"]): void {
      find(name).config.pushConfig = pushConfig;
    },
    remove(name: string): void {
      find(name);
      held.delete(name);
    },
    publish,
    async pull(name: string, most: number, gone: AbortSignal): Promise<object[]> {
      const own = find(name);
      const until = now() + LONGEST_PULL_MS;
      let ready = own.takeDue(most);
      while (ready.length === 0 && now() < until && !gone.aborted && held.has(name)) {
        await news(own);
        // Whoever has gone would only keep messages from the others.
        if (!gone.aborted) ready = own.takeDue(most);
      }
      return ready.map(({ ackId, message, attempts }) => ({ ackId, message, deliveryAttempt: attempts }));
    },
    acknowledge(name: string, ackIds: readonly string[]): void {
      const own = find(name);
      for (const one of own.byAckId(ackIds)) own.settle(one, true);
    },
    modifyDeadline(name: string, ackIds: readonly string[], seconds: number): void {
      const own = find(name);
      for (const one of own.byAckId(ackIds)) {
        if (seconds === 0) own.settle(one, false);
        else one.dueAt = now() + seconds * 1_000;
      }
    },
    /** Messages that nobody has acknowledged yet. */
    backlog: (name: string) => find(name).backlog(),
    close: pusher.stop,
  };
}

function news({ waiting }: HeldSubscription): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      waiting.delete(wake);
      resolve();
    };
    waiting.add(wake);
    // What was refused becomes due again without anybody's word.
    setTimeout(wake, LOOK_MS);
  });
}

function startPushing(all: () => Iterable<HeldSubscription>, { tokenFor, faults }: PubSubOptions) {
  const log: Pushed[] = [];
  let under = 0;
  const push = async (own: HeldSubscription, one: Outstanding): Promise<void> => {
    under += 1;
    const { messageId } = one.message;
    const attempt = one.attempts;
    const result = await pushOnce(own.config, one, tokenFor(own.config));
    log.push({ ...result, subscription: own.config.name, messageId, attempt });
    under -= 1;
    own.settle(one, result.acknowledged);
  };
  const timer = setInterval(() => {
    if (faults.holdBack()) return;
    for (const own of all()) {
      if (!own.config.pushConfig.pushEndpoint) continue;
      for (const one of own.takeDue(Math.max(0, MOST_PUSHES - under))) void push(own, one);
    }
  }, TICK_MS);
  return { log, stop: () => clearInterval(timer) };
}
