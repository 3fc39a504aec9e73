import { createHash } from "node:crypto";
import * as z from "zod";
import type { ConversationEvent } from "#/lib/events/conversation-event.ts";
import { offeredAnswerSchema } from "#/lib/events/offered-answer.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { parse } from "#/lib/kernel/parse.ts";
import type { Origin } from "../connector.ts";
import { type EventOf, eventsOfConversation } from "../event-of.ts";
import { widgetEvents } from "../widget-deliveries.ts";
import { assistantEvent, suggestedBy } from "./agent-assist.ts";
import { type ConversationFacts, type DeliveryOf, deliverySchema } from "./deliveries.ts";
import { camelKeys } from "./proto-json.ts";
import { heardIn, lastPart, speakerOf } from "./recognition.ts";

const at = z.string().max(64).optional().catch(undefined);
const role = z.string().optional().catch(undefined);

const messageSchema = z.object({
  name: z.string().min(1).max(500),
  content: z.string().max(20_000).default(""),
  participantRole: role,
  createTime: at,
  sendTime: at,
});

/** `speechEndOffset` is a Duration in JSON, such as `12.300s`. */
const recognitionSchema = z.object({
  transcript: z.string().max(20_000).default(""),
  isFinal: z.boolean().default(false),
  confidence: z.number().optional().catch(undefined),
});

const conversationEvent = z.object({
  type: z.string().max(100).default("TYPE_UNSPECIFIED"),
  newMessagePayload: messageSchema.optional(),
  newRecognitionResultPayload: recognitionSchema.optional(),
});
type Body = z.output<typeof conversationEvent>;

/** Turns what Pub/Sub or the widget handed in into events (contract section 3). Pure; what nobody can read is `unknown_shape`. */
export function normalize(payload: unknown, origin: Origin): ConversationEvent[] {
  const delivery = parse(deliverySchema, payload);
  if (delivery.kind === "unreadable") throw new AppError("unknown_shape", delivery.problem);
  switch (delivery.kind) {
    case "event":
      return platformEvents(delivery, eventsOfConversation(origin, delivery.conversationId));
    case "suggestions":
      return suggestionEvents(delivery, eventsOfConversation(origin, delivery.conversationId));
    default:
      return widgetEvents(delivery, origin);
  }
}

type Told = { delivery: DeliveryOf<"event">; event: EventOf };

function platformEvents(delivery: DeliveryOf<"event">, event: EventOf): ConversationEvent[] {
  const body = parse(conversationEvent, camelKeys(delivery.body));
  const told = { delivery, event };
  const { publishedAt } = delivery;
  switch (body.type) {
    case "CONVERSATION_STARTED":
      return opening(told, publishedAt);
    case "CONVERSATION_FINISHED":
      // Each call of CompleteConversation publishes it again.
      return [event({ type: "conversation.ended", data: { reason: "finished" } }, ["finished"], publishedAt)];
    case "NEW_MESSAGE":
      return message(told, body);
    case "NEW_RECOGNITION_RESULT":
      return recognition(told, body);
    case "UNRECOVERABLE_ERROR":
      return [
        ...opening(told, publishedAt),
        event(
          { type: "transcript.notice", data: { code: "recognizer_failed" } },
          ["unrecoverable"],
          publishedAt,
        ),
      ];
    case "HUMAN_INTERVENTION_NEEDED":
      return opening(told, publishedAt);
    default:
      throw new AppError("unknown_shape", "A conversation event of a type that this version does not know.");
  }
}

/** Every event brings it and the first one counts: nothing promises that the start comes before a message. */
function opening({ delivery, event }: Told, moment: string | undefined): ConversationEvent[] {
  const { facts } = delivery;
  const started = event(
    { type: "conversation.started", data: { channel: facts?.channel } },
    ["started"],
    moment,
  );
  if (!facts?.profile) return [started];
  // Keyed apart: the profile may be known only when later events come.
  const data = { channel: facts.channel, queue: facts.profile };
  return [started, event({ type: "conversation.updated", data }, [facts.profile.id], moment)];
}

function message(told: Told, { newMessagePayload: said }: Body): ConversationEvent[] {
  if (!said) throw new AppError("unknown_shape", "A new message came without its payload.");
  const text = said.content.trim();
  if (text === "") return [];
  const moment = said.sendTime ?? said.createTime ?? told.delivery.publishedAt;
  const utteranceId = lastPart(said.name);
  const channel = told.delivery.facts?.channel ?? "chat";
  const data = { speaker: speakerOf(said.participantRole), text, channel, utteranceId };
  return [
    ...opening(told, moment),
    // By its own name: a publish that Google repeats has another Pub/Sub id (contract section 3).
    told.event({ type: "utterance", data }, [utteranceId], moment),
  ];
}

/** A final result becomes a message of the same id; whichever comes first is shown. */
function recognition(told: Told, { newRecognitionResultPayload: heard }: Body): ConversationEvent[] {
  const { attributes = {}, publishedAt } = told.delivery;
  const whose = heardIn(attributes);
  const text = heard?.transcript.trim() ?? "";
  if (!heard?.isFinal || !whose || text === "") return [];
  const { utteranceId, speaker } = whose;
  const sure = heard.confidence;
  const confidence = sure !== undefined && sure > 0 && sure <= 1 ? sure : undefined;
  const data = { speaker, text, channel: "voice" as const, utteranceId, confidence };
  const spoken: Told = {
    ...told,
    delivery: { ...told.delivery, facts: voiceOf(told.delivery.facts) },
  };
  return [
    ...opening(spoken, publishedAt),
    told.event({ type: "utterance", data }, [utteranceId], publishedAt),
  ];
}

const voiceOf = (facts: ConversationFacts | undefined): ConversationFacts => ({ ...facts, channel: "voice" });

function suggestionEvents(delivery: DeliveryOf<"suggestions">, event: EventOf): ConversationEvent[] {
  if (!delivery.shown) return [];
  const found = suggestedBy(parse(assistantEvent, camelKeys(delivery.body)));
  return found.map(({ record, answer }) => {
    const data = parse(offeredAnswerSchema, answer);
    return event({ type: "suggestion.offered", data }, [record ?? digest(data)], delivery.publishedAt);
  });
}

const digest = (value: unknown) => createHash("sha256").update(JSON.stringify(value)).digest("base64url");
