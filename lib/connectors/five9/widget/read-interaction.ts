import { fieldsOf, textOf } from "./crm-sdk.ts";

/** A call or chat as the SDK shows it; every field of theirs is optional. */
export type SdkInteraction = {
  conversationId: string;
  interactionId: string;
  channel: "voice" | "chat";
  queue?: { id: string; name?: string };
};

/** `callIdField` names the field that holds what the voice stream calls the call's id; undefined where it is missing. */
export function readInteraction(
  data: unknown,
  channel: SdkInteraction["channel"],
  names: { callIdField: string; voiceStream: boolean },
): SdkInteraction | undefined {
  const fields = fieldsOf(data);
  const interactionId = textOf(fields.interactionId);
  const conversationId = channel === "voice" ? textOf(fields[names.callIdField]) : interactionId;
  if (!conversationId) return undefined;
  const queue = readSkill(fields, channel === "chat" || !names.voiceStream);
  return {
    conversationId,
    interactionId: interactionId ?? conversationId,
    channel,
    ...(queue && { queue }),
  };
}

/** Mappings are kept by the skill's id. Its name alone stands in only where nothing else will tell the id. */
export function readSkill(
  { skillId, skillName }: Record<string, unknown>,
  nameCounts: boolean,
): { id: string; name?: string } | undefined {
  const name = textOf(skillName);
  const id = textOf(skillId) ?? (nameCounts ? name : undefined);
  return id ? { id, ...(name && { name }) } : undefined;
}

export type SdkMessage = {
  interactionId: string;
  messageId: string;
  from: "customer" | "agent";
  text: string;
  at?: string;
};

/**
 * A chat message in the agent's own event stream. Its form is not documented, so the likely names of each field are
 * tried; undefined means that it was none that we can read.
 */
export function readMessage(payload: unknown): SdkMessage | undefined {
  const outer = fieldsOf(payload);
  const inner = { ...outer, ...fieldsOf(outer.message) };
  const first = (...names: string[]) => names.map((name) => textOf(inner[name])).find(Boolean);
  const interactionId = first("interactionId", "chatId", "conversationId");
  const text = textOf(inner.text, 20_000) ?? textOf(inner.body, 20_000) ?? textOf(outer.message, 20_000);
  const messageId = first("messageId", "id", "messageUuid");
  const from = speakerOf(first("from", "sender", "senderType", "fromType", "type"));
  if (!interactionId || !text || !messageId || !from) return undefined;
  const at = first("timestamp", "at", "createdAt");
  return { interactionId, messageId, from, text, ...(at && { at: momentOf(at) }) };
}

function speakerOf(given: string | undefined): SdkMessage["from"] | undefined {
  const word = given?.toLowerCase() ?? "";
  if (/customer|client|visitor|contact/.test(word)) return "customer";
  return /agent|user/.test(word) ? "agent" : undefined;
}

const momentOf = (given: string) =>
  /^\d{12,14}$/.test(given) ? new Date(Number(given)).toISOString() : given;
