import type { Speaker } from "#/lib/events/conversation-event.ts";

/**
 * Of a recognition result only the message's attributes say whose words they are and which message they become; interim
 * and final results of one sentence share both.
 */
export function heardIn(
  attributes: Record<string, string>,
): { utteranceId: string; speaker: Speaker } | undefined {
  const messageId = attributes.message_id ?? attributes.messageId;
  if (!messageId) return undefined;
  const speaker = speakerOf(attributes.participant_role ?? attributes.participantRole);
  return { utteranceId: lastPart(messageId), speaker };
}

/** Only the customer's own words earn a card; a virtual agent speaks for the house. */
export const speakerOf = (given: string | undefined): Speaker =>
  given === "END_USER" ? "customer" : "agent";

export const lastPart = (name: string) => name.slice(name.lastIndexOf("/") + 1).slice(0, 200);
