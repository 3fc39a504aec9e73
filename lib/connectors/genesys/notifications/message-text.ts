import * as z from "zod";

const content = z.object({
  contentType: z.string().nullish(),
  buttonResponse: z.object({ text: z.string().nullish() }).nullish(),
});

/** A fetched message (contract section 5.1), as far as it matters here. */
export const fetchedMessageSchema = z.object({
  id: z.string().min(1),
  timestamp: z.string().nullish(),
  direction: z.string(),
  textBody: z.string().nullish(),
  normalizedMessage: z
    .object({
      type: z.string().nullish(),
      text: z.string().nullish(),
      content: z.array(content).nullish(),
      originatingEntity: z.string().nullish(),
    })
    .nullish(),
});
export type FetchedMessage = z.output<typeof fetchedMessageSchema>;

export type Reading =
  | { kind: "said"; from: "customer" | "agent"; text: string }
  /** Typing, receipts, what a bot wrote, and what has no text, such as a picture alone. */
  | { kind: "skipped"; why: "event" | "bot" | "no text" };

const WITHOUT_WORDS = new Set(["event", "receipt"]);

/** Typing and receipts are told by the list already, so nobody fetches them. */
export function hasNoWords(type: string | undefined): boolean {
  return type !== undefined && WITHOUT_WORDS.has(type.toLowerCase());
}

/** Who said what. `textBody` of a fetched message is retiring and counts only where nothing else is there. */
export function readMessage(message: FetchedMessage): Reading {
  const { normalizedMessage: normalized } = message;
  if (hasNoWords(normalized?.type ?? undefined)) return { kind: "skipped", why: "event" };
  const inbound = message.direction.toLowerCase() === "inbound";
  if (!inbound && normalized?.originatingEntity?.toLowerCase() === "bot")
    return { kind: "skipped", why: "bot" };
  const button = normalized?.content?.find(({ buttonResponse }) => buttonResponse?.text)?.buttonResponse
    ?.text;
  const text = [normalized?.text, message.textBody, button].find((each) => each?.trim());
  if (!text) return { kind: "skipped", why: "no text" };
  return { kind: "said", from: inbound ? "customer" : "agent", text };
}
