import { isAppError } from "#/lib/kernel/app-error.ts";
import { dataOf, type PubSubMessage } from "#/lib/pubsub/push-envelope.ts";
import type { InterimWords } from "../interim-words.ts";
import type { GoogleCredentials } from "./credentials.ts";
import { camelKeys } from "./proto-json.ts";
import { heardIn } from "./recognition.ts";

export type ReadMessage =
  | { kind: "delivery"; conversation: string; payload: Record<string, unknown> }
  /** The words of a sentence that is still being spoken. */
  | { kind: "interim"; words: InterimWords }
  /** Nothing that anybody would store or show. */
  | { kind: "nothing"; reason: string }
  | { kind: "unreadable"; payload: { kind: "unreadable"; problem: string } };

const LONGEST_TEXT = 5_000;
const PROTO_WORDS =
  "The message is not JSON: the conversation profile publishes in the PROTO format. Set messageFormat to JSON in each of its notification settings.";

/** Reads what a Pub/Sub message carries into a delivery of ours; never throws, since a poison message comes for ever. */
export function readMessage(
  message: PubSubMessage,
  { agentAssist }: Pick<GoogleCredentials, "agentAssist">,
): ReadMessage {
  const body = bodyOf(message);
  if ("problem" in body) return unreadable(body.problem);
  const { json } = body;
  const conversation = typeof json.conversation === "string" ? json.conversation : "";
  const conversationId = conversationIdOf(conversation);
  if (!conversationId) return unreadable("The event names no conversation.");
  const publishedAt = message.publishTime;
  if (Array.isArray(json.suggestionResults) || Array.isArray(json.suggestion_results)) {
    const payload = { kind: "suggestions", conversationId, body: json, shown: agentAssist, publishedAt };
    return { kind: "delivery", conversation, payload };
  }
  const attributes = message.attributes;
  if (isInterim(json)) {
    const words = interimWords(json, { conversationId, attributes, publishedAt });
    return words
      ? { kind: "interim", words }
      : {
          kind: "nothing",
          reason: "an interim recognition result without words or without its message's id",
        };
  }
  return {
    kind: "delivery",
    conversation,
    payload: { kind: "event", conversationId, body: json, attributes, publishedAt },
  };
}

const unreadable = (problem: string): ReadMessage => ({
  kind: "unreadable",
  payload: { kind: "unreadable", problem },
});

function bodyOf(message: PubSubMessage): { json: Record<string, unknown> } | { problem: string } {
  try {
    const data = dataOf(message);
    if (!data) return { problem: "The message carries no data." };
    const text = new TextDecoder("utf-8", { fatal: true }).decode(data);
    const json: unknown = JSON.parse(text);
    if (typeof json !== "object" || json === null || Array.isArray(json))
      return { problem: "The message is JSON, but no object." };
    return { json: { ...json } };
  } catch (error) {
    return { problem: isAppError(error) ? error.message : notJsonWords(message) };
  }
}

/** A protobuf of a ConversationEvent begins with field 1, a text: the conversation's name. */
function notJsonWords(message: PubSubMessage): string {
  const data = Buffer.from(message.data ?? "", "base64");
  const isProto = data[0] === 0x0a && data.subarray(2, 13).includes("projects/");
  return isProto ? PROTO_WORDS : "The message is not JSON.";
}

/** The last part of `projects/P/locations/L/conversations/C`; a widget knows it as well as the full name. */
export function conversationIdOf(name: string): string | undefined {
  return /^projects\/[^/]+\/(?:locations\/[^/]+\/)?conversations\/([^/]{1,200})$/.exec(name)?.[1];
}

function isInterim(json: Record<string, unknown>): boolean {
  const { type, newRecognitionResultPayload: result } = camelKeys(json) as {
    type?: unknown;
    newRecognitionResultPayload?: { isFinal?: unknown };
  };
  return type === "NEW_RECOGNITION_RESULT" && result?.isFinal !== true;
}

type InterimFacts = {
  conversationId: string;
  attributes: Record<string, string> | undefined;
  publishedAt: string | undefined;
};

function interimWords(json: Record<string, unknown>, facts: InterimFacts): InterimWords | undefined {
  const { conversationId, attributes = {}, publishedAt } = facts;
  const { newRecognitionResultPayload: result } = camelKeys(json) as {
    newRecognitionResultPayload?: unknown;
  };
  const { transcript } = (result ?? {}) as { transcript?: unknown };
  const text = typeof transcript === "string" ? transcript.trim().slice(0, LONGEST_TEXT) : "";
  const heard = heardIn(attributes);
  if (!heard || text === "") return undefined;
  const at = Date.parse(publishedAt ?? "");
  return { conversationId, ...heard, text, at: Number.isNaN(at) ? undefined : at };
}
