import * as z from "zod";

/**
 * `sending` may have reached the platform. `unconfirmed`: nobody could learn whether it did, and only a person
 * may have it tried again. `discarded`: given up by a person, or overtaken by a later one.
 */
export const WRITE_BACK_STATES = ["sending", "sent", "failed", "unconfirmed", "discarded"] as const;
export type WriteBackState = (typeof WRITE_BACK_STATES)[number];

/** Platforms take no longer message or notes; see `docs/setup` of each. */
export const LONGEST_WRITTEN = 4_000;

const platformId = z.string().min(1).max(200);

/** What an agent has written to the platform: a message to the customer, or the wrap-up with the summary as its notes. */
export const writeIntentSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("message"),
    text: z.string().trim().min(1).max(LONGEST_WRITTEN),
    /** The card that the text began as. */
    suggestionId: z.uuid().optional(),
  }),
  z.object({
    kind: z.literal("summary"),
    codeId: platformId,
    codeName: z.string().max(200),
    notes: z.string().max(LONGEST_WRITTEN),
    provisional: z.boolean(),
  }),
]);
export type WriteIntent = z.output<typeof writeIntentSchema>;
export type WriteBackKind = WriteIntent["kind"];

/** What became of an attempt, as the widget that made it reports it. */
export const writeReportSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("sent"), platformId: platformId.optional() }),
  z.object({ kind: z.literal("failed"), reason: z.string().max(500), retryable: z.boolean() }),
  z.object({ kind: z.literal("unconfirmed"), reason: z.string().max(500) }),
  z.object({ kind: z.literal("discarded") }),
]);
export type WriteReport = z.output<typeof writeReportSchema>;
