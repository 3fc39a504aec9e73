import type { ConversationEvent } from "#/lib/events/conversation-event.ts";
import { derivedId } from "#/lib/kernel/derived-id.ts";
import type { Origin } from "./connector.ts";

/** An event without what every event has. */
export type BareEvent<E = ConversationEvent> = E extends ConversationEvent ? Pick<E, "type" | "data"> : never;

/** `key` names the event within its conversation: the same key is the same event, however often it comes. */
export type EventOf = (bare: BareEvent, key: readonly string[], at: string | undefined) => ConversationEvent;

/** Makes the events of one conversation. */
export function eventsOfConversation(origin: Origin, conversationId: string): EventOf {
  const { tenantId, connectionId, receivedAt } = origin;
  return (bare, key, at) =>
    ({
      id: derivedId(connectionId, conversationId, bare.type, ...key),
      tenantId,
      connectionId,
      platformConversationId: conversationId,
      occurredAt: momentOf(at, receivedAt),
      ...bare,
    }) as ConversationEvent;
}

/** A platform's clock may be this far ahead of ours; further on, its word would sort the event last for ever. */
const MOST_AHEAD_MS = 60_000;

/** The platform's own time; without a believable one, the moment we received it. */
function momentOf(at: string | undefined, receivedAt: number): string {
  const time = at === undefined ? Number.NaN : Date.parse(at);
  const believable = !Number.isNaN(time) && time <= receivedAt + MOST_AHEAD_MS;
  return new Date(believable ? time : receivedAt).toISOString();
}
