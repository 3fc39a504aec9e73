import type { ConversationEvent } from "#/lib/events/conversation-event.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { derivedId } from "#/lib/kernel/derived-id.ts";
import { parse } from "#/lib/kernel/parse.ts";
import type { Origin } from "../connector.ts";
import { type DeliveryOf, type GenesysDelivery, genesysDeliverySchema } from "./deliveries.ts";

/** An event without what every event has. */
type Bare<E = ConversationEvent> = E extends ConversationEvent ? Pick<E, "type" | "data"> : never;

type Build = {
  /** `key` names the event within its conversation: the same key is the same event, however often it comes. */
  event(bare: Bare, key: readonly string[], at: string | undefined): ConversationEvent;
};

/** A delivery that tells of a conversation. */
type Known = Exclude<GenesysDelivery, { kind: "unknown" }>;

/**
 * Turns what the AudioHook server, the widget or the queue topics handed in into events. Pure; kinds that are none
 * of ours are `invalid_input`, and samples of the platform's own unknown shapes `unknown_shape`.
 */
export function normalize(payload: unknown, origin: Origin): ConversationEvent[] {
  const delivery = parse(genesysDeliverySchema, payload);
  if (delivery.kind === "unknown")
    throw new AppError(
      "unknown_shape",
      `An event of ${delivery.topic} has a shape that this version does not know.`,
    );
  const { tenantId, connectionId, receivedAt } = origin;
  const { conversationId } = delivery;
  const event: Build["event"] = (bare, key, at) =>
    ({
      id: derivedId(connectionId, conversationId, bare.type, ...key),
      tenantId,
      connectionId,
      platformConversationId: conversationId,
      occurredAt: momentOf(at, receivedAt),
      ...bare,
    }) as ConversationEvent;
  return eventsOf(delivery, { event });
}

function eventsOf(delivery: Known, build: Build): ConversationEvent[] {
  switch (delivery.kind) {
    case "call.started":
      return callStarted(delivery, build);
    case "utterance":
      return utterance(delivery, build);
    case "gap":
      return gap(delivery, build);
    case "notice":
      return notice(delivery, build);
    case "call.ended":
      return callEnded(delivery, build);
    case "message":
      return message(delivery, build);
    case "question":
      return question(delivery, build);
    case "context":
      return context(delivery, build);
    case "chat.ended":
      return chatEnded(delivery, build);
  }
}

function callStarted(delivery: DeliveryOf<"call.started">, { event }: Build): ConversationEvent[] {
  const { channel, language, queue, agent } = delivery;
  // Keyed by session: a call that comes back on a new socket says again what it knows.
  const data = { channel, language, queue, agent };
  const key = [delivery.sessionId, delivery.startedAt ?? ""];
  return [event({ type: "conversation.started", data }, key, delivery.startedAt)];
}

function utterance(delivery: DeliveryOf<"utterance">, { event }: Build): ConversationEvent[] {
  const text = delivery.text.trim();
  if (text === "") return [];
  const { speaker, utteranceId, startMs, durationMs, confidence, sessionId } = delivery;
  const data = { speaker, text, channel: "voice", utteranceId, offsetMs: startMs, durationMs, confidence };
  return [event({ type: "utterance", data } as Bare, [sessionId, utteranceId], delivery.at)];
}

function gap(delivery: DeliveryOf<"gap">, { event }: Build): ConversationEvent[] {
  const { speaker, startMs, durationMs, reason, sessionId } = delivery;
  const key = [sessionId, speaker ?? "both", String(startMs), reason];
  return [
    event(
      { type: "transcript.gap", data: { speaker, offsetMs: startMs, durationMs, reason } },
      key,
      delivery.at,
    ),
  ];
}

function notice(delivery: DeliveryOf<"notice">, { event }: Build): ConversationEvent[] {
  const { code, language, sessionId, at } = delivery;
  // A recognizer may fail and recover more than once in a call: the moment tells the notices apart.
  const key = [sessionId, code, language ?? "", at ?? ""];
  return [event({ type: "transcript.notice", data: { code, language } }, key, at)];
}

function callEnded(delivery: DeliveryOf<"call.ended">, { event }: Build): ConversationEvent[] {
  const { reason, sessionId, at } = delivery;
  return [event({ type: "conversation.ended", data: { reason } }, [sessionId], at)];
}

function message(delivery: DeliveryOf<"message">, { event }: Build): ConversationEvent[] {
  const { messageId, from, queueId, queueName, at } = delivery.message;
  const text = delivery.message.text.trim();
  if (text === "") return [];
  const queue = queueId ? { id: queueId, name: queueName } : undefined;
  const opening = { channel: "chat" as const, queue, agent: delivery.agent ?? delivery.claimedAgent };
  return [
    // Every message brings it, the first one counts: a chat has no other beginning.
    event({ type: "conversation.started", data: opening }, ["chat"], at),
    event({ type: "utterance", data: { speaker: from, text, channel: "chat" } }, [messageId], at),
  ];
}

function question(delivery: DeliveryOf<"question">, { event }: Build): ConversationEvent[] {
  const text = delivery.text.trim();
  if (text === "") return [];
  return [
    event({ type: "question.asked", data: { text, agent: delivery.agent } }, [delivery.askId], delivery.at),
  ];
}

function context(delivery: DeliveryOf<"context">, { event }: Build): ConversationEvent[] {
  const { queue, agent, channel, language, participantId, reopenedAt, at } = delivery;
  const data = { channel, queue, agent, language };
  if (reopenedAt !== undefined)
    return [event({ type: "conversation.started", data }, ["chat", reopenedAt], reopenedAt)];
  // The same context again changes nothing, so it is the same event, until the agent comes back from a transfer.
  const key = [JSON.stringify(data), ...(participantId ? [participantId] : [])];
  return [event({ type: "conversation.updated", data }, key, at)];
}

function chatEnded({ reason, at }: DeliveryOf<"chat.ended">, { event }: Build): ConversationEvent[] {
  // It may reopen and end again, so the moment belongs to the name; both doors have it from the platform.
  return [event({ type: "conversation.ended", data: { reason } }, ["chat", at ?? ""], at)];
}

/** A desktop's clock may be this far ahead of ours; further on, its word would sort the message last for ever. */
const MOST_AHEAD_MS = 60_000;

/** The platform's own time; without a believable one, the moment we received it. */
function momentOf(at: string | undefined, receivedAt: number): string {
  const time = at === undefined ? Number.NaN : Date.parse(at);
  const believable = !Number.isNaN(time) && time <= receivedAt + MOST_AHEAD_MS;
  return new Date(believable ? time : receivedAt).toISOString();
}
