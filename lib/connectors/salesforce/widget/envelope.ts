import * as z from "zod";

/**
 * What the widget and the Visualforce page around it say to each other (contract section 6). The widget calls out
 * over `postMessage`; the page answers its nonce with one of its own and one end of a channel, and everything after
 * that goes over the channel alone. Both sides check origin and source of what comes by `postMessage`, and the
 * other's nonce in all that comes by the channel.
 */
export const VERSION = 1;
export const FROM_WIDGET = "omnibots.widget";
export const FROM_PAGE = "omnibots.page";

const text = (most = 200) => z.string().min(1).max(most);
const named = z.object({ id: text(), name: z.string().max(200).optional() });
const at = z.string().max(64).optional();

export const welcomeSchema = z.object({
  source: z.literal(FROM_PAGE),
  version: z.literal(VERSION),
  type: z.literal("welcome"),
  nonce: text(),
  payload: z.object({ nonce: text() }),
});

const answerSchema = z.discriminatedUnion("ok", [
  z.object({ id: text(), ok: z.literal(true), value: z.unknown() }),
  z.object({
    id: text(),
    ok: z.literal(false),
    reason: text(500),
    retryable: z.boolean().default(false),
    /** Nobody knows what became of it. */
    unknown: z.boolean().default(false),
  }),
]);
export type PageAnswer = z.output<typeof answerSchema>;

const framed = { source: z.literal(FROM_PAGE), version: z.literal(VERSION), nonce: text() };

/** What the page tells over the channel. */
export const pageMessageSchema = z.discriminatedUnion("type", [
  z.object({
    ...framed,
    type: z.literal("context"),
    payload: z.object({
      conversationId: text(),
      agent: named.optional(),
      queue: named.optional(),
      language: z.string().max(35).optional(),
    }),
  }),
  z.object({
    ...framed,
    type: z.literal("message"),
    payload: z.object({
      conversationId: text(),
      messageId: text(),
      from: z.enum(["customer", "agent"]),
      text: text(20_000),
      at,
    }),
  }),
  z.object({
    ...framed,
    type: z.literal("ended"),
    payload: z.object({ conversationId: text(), reason: z.string().max(100).default("end"), at }),
  }),
  /** Whether the component is on the record's page: without it nothing is heard, sent or saved. */
  z.object({
    ...framed,
    type: z.literal("component"),
    payload: z.object({ present: z.boolean(), detail: z.string().max(300).optional() }),
  }),
  z.object({ ...framed, type: z.literal("answer"), payload: answerSchema }),
]);
export type PageMessage = z.output<typeof pageMessageSchema>;

/** What the widget asks the page for. */
export type Ask =
  | { what: "token"; conversationId: string }
  | { what: "send" | "insert"; conversationId: string; text: string }
  | { what: "find"; conversationId: string; text: string; since: number }
  | { what: "save"; conversationId: string; text: string };

export function fromWidget(type: string, nonce: string, payload: object = {}) {
  return { source: FROM_WIDGET, version: VERSION, type, nonce, payload };
}
