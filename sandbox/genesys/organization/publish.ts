import { say } from "./channel-socket.ts";
import type { Channels } from "./channels.ts";
import { type Conversation, inAcw, isActive } from "./conversation.ts";
import type { Directory } from "./directory.ts";
import type { HttpFaults } from "./faults.ts";
import type { Random } from "./random.ts";
import { shapeA, shapeB } from "./shapes.ts";

/** So late an out-of-order event may come: late enough for others to pass it. */
const LATE_MS = { low: 20, high: 150 };

type Deps = { channels: Channels; directory: Directory; faults: HttpFaults; random: Random };

export type Publish = (conversation: Conversation) => void;

/**
 * Tells everyone who listens the whole conversation as it is now. An event goes to the agents and queues
 * that are in it, and once more to those that just left it.
 */
export function createPublisher(deps: Deps): Publish {
  return (conversation) => {
    const present = conversation.participants.filter(({ settled }) => !settled);
    const users = unique(present.map(({ userId }) => userId));
    const queues = unique(present.map(({ queueId }) => queueId));
    const prefixes = [
      ...users.map((id) => `v2.users.${id}`),
      ...queues.map((id) => `v2.routing.queues.${id}`),
    ];
    for (const prefix of prefixes) {
      emit(`${prefix}.conversations`, conversation.organizationId, shapeA(conversation), deps);
      const postfix = conversation.media === "call" ? "calls" : "messages";
      const body = shapeB(conversation, deps.directory);
      emit(`${prefix}.conversations.${postfix}`, conversation.organizationId, body, deps);
    }
    for (const participant of present) {
      participant.settled = !isActive(participant) && !inAcw(participant);
    }
  };
}

function unique(ids: readonly (string | undefined)[]): string[] {
  return [...new Set(ids.filter((id) => id !== undefined))];
}

function emit(topicName: string, organizationId: string, eventBody: object, deps: Deps): void {
  const { channels, faults, random } = deps;
  const rates = faults.eventRates();
  for (const { connection, token } of channels.listening(topicName)) {
    if (!connection || token.organizationId !== organizationId) continue;
    const frame = { topicName, version: "2", eventBody, metadata: { CorrelationId: random.uuid() } };
    if (random.chance(rates.unknownShape)) say(connection, strangeFrame(topicName, random));
    const times = random.chance(rates.duplicate) ? 2 : 1;
    for (let time = 0; time < times; time += 1) {
      if (random.chance(rates.outOfOrder)) {
        // real time, not the platform's clock: a stopped clock must not swallow events
        setTimeout(() => say(connection, frame), random.between(LATE_MS.low, LATE_MS.high)).unref();
      } else say(connection, frame);
    }
  }
}

/** Frames that no model describes, as a platform sends them after an update. */
function strangeFrame(topicName: string, random: Random): object {
  const frames = [
    { topicName, version: "3", eventBody: { id: 42, participants: "many" } },
    { topicName: "v2.something.new", eventBody: null },
    { topicName, eventBody: { participants: [{ purpose: "customer", messages: [{}] }] } },
    { hello: "world" },
  ];
  return frames[random.between(0, frames.length - 1)] ?? {};
}
