import { randomUUID } from "node:crypto";
import { backoffMs, type Message, type Outstanding, type SubscriptionConfig } from "./subscription.ts";

export type HeldSubscription = ReturnType<typeof holdSubscription>;

type Hooks = {
  now: () => number;
  /** The acknowledgement gets lost, so that the message comes again. */
  duplicate(): boolean;
  deadLetter(topic: string, message: Pick<Message, "data" | "attributes">): void;
};

/** The messages of one subscription: which are due, which are out, and what becomes of a refused one. */
export function holdSubscription(config: SubscriptionConfig, { now, duplicate, deadLetter }: Hooks) {
  const messages = new Map<string, Outstanding>();
  const waiting = new Set<() => void>();

  const giveUp = (one: Outstanding): boolean => {
    const { deadLetterTopic, maxDeliveryAttempts = 5 } = config.deadLetterPolicy ?? {};
    if (!deadLetterTopic || one.attempts < maxDeliveryAttempts) return false;
    messages.delete(one.message.messageId);
    const attributes = {
      ...one.message.attributes,
      CloudPubSubDeadLetterSourceDeliveryCount: String(one.attempts),
      CloudPubSubDeadLetterSourceSubscription: config.name,
    };
    deadLetter(deadLetterTopic, { ...(one.message.data && { data: one.message.data }), attributes });
    return true;
  };

  const take = (one: Outstanding): Outstanding => {
    one.attempts += 1;
    one.ackId = `${one.message.messageId}:${randomUUID()}`;
    one.dueAt = now() + config.ackDeadlineSeconds * 1_000;
    return one;
  };

  /** The first of each ordering key; the others wait until it is through. */
  const heads = (): Outstanding[] => {
    if (!config.enableMessageOrdering) return [...messages.values()];
    const firsts = new Map<string, Outstanding>();
    for (const one of messages.values()) {
      const key = one.message.orderingKey ?? one.message.messageId;
      if (!firsts.has(key)) firsts.set(key, one);
    }
    return [...firsts.values()];
  };

  return {
    config,
    waiting,
    backlog: () => messages.size,
    add(message: Message): void {
      messages.set(message.messageId, { message, attempts: 0, dueAt: now() });
      for (const wake of waiting) wake();
    },
    /** Takes what is due; those whose deadline has passed are due again. */
    takeDue: (most: number): Outstanding[] =>
      heads()
        .filter((one) => one.dueAt <= now())
        .slice(0, most)
        .filter((one) => !giveUp(one))
        .map(take),
    byAckId: (ackIds: readonly string[]) =>
      [...messages.values()].filter(({ ackId }) => ackId !== undefined && ackIds.includes(ackId)),
    settle(one: Outstanding, acknowledged: boolean): void {
      delete one.ackId;
      if (acknowledged && !duplicate()) messages.delete(one.message.messageId);
      else if (!giveUp(one)) one.dueAt = now() + (acknowledged ? 0 : backoffMs(config, one.attempts));
    },
  };
}
