import * as z from "zod";
import { speakerSchema } from "./conversation-event.ts";

/** What a sentence is put together from, so that a reader of another language has our words in theirs. */
export const sentenceFormSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("said"), speaker: speakerSchema, quote: z.string() }),
  z.object({ kind: z.literal("answered"), titles: z.array(z.string()), question: z.string() }),
  z.object({ kind: z.literal("open"), quote: z.string() }),
]);
export type SentenceForm = z.output<typeof sentenceFormSchema>;

/** A drafted sentence and the events that it rests on: what was said, or the card that was shown. */
export const summarySentenceSchema = z.object({
  text: z.string().max(1_000),
  evidence: z.array(z.uuid()).max(50),
  /** Absent where a model wrote the sentence as it stands. */
  form: sentenceFormSchema.optional(),
});
export type SummarySentence = z.output<typeof summarySentenceSchema>;

/** One part of a summary. What an agent wrote is locked: no later draft touches it. */
export const summaryFieldSchema = z.object({
  text: z.string().max(4_000),
  locked: z.boolean(),
  /** What `text` was put together from; empty for what an agent wrote. */
  sentences: z.array(summarySentenceSchema),
});
export type SummaryField = z.output<typeof summaryFieldSchema>;

/** Why the customer came, what is known, what was done, and how it ended or goes on. */
export const SUMMARY_FIELDS = ["reason", "facts", "actions", "outcome"] as const;
export type SummaryFieldName = (typeof SUMMARY_FIELDS)[number];

export const summaryFieldsSchema = z.object({
  reason: summaryFieldSchema,
  facts: summaryFieldSchema,
  actions: summaryFieldSchema,
  outcome: summaryFieldSchema,
});
export type SummaryFields = z.output<typeof summaryFieldsSchema>;

/** `wanted`: a draft is asked for and not there yet; the last one stands meanwhile. */
export const SUMMARY_STATES = ["wanted", "ready", "failed"] as const;
export type SummaryState = (typeof SUMMARY_STATES)[number];

const EMPTY_FIELD: SummaryField = { text: "", locked: false, sentences: [] };
export const EMPTY_SUMMARY: SummaryFields = {
  reason: EMPTY_FIELD,
  facts: EMPTY_FIELD,
  actions: EMPTY_FIELD,
  outcome: EMPTY_FIELD,
};

/** Rows from before the parts had these names. */
const FORMER_NAMES: Partial<Record<SummaryFieldName, string>> = {
  reason: "situation",
  actions: "action",
  outcome: "nextSteps",
};

/** A stored summary by today's names, whenever it was written. */
export function readSummaryFields(stored: object): SummaryFields {
  const known = stored as Readonly<Record<string, SummaryField | undefined>>;
  const read = { ...EMPTY_SUMMARY };
  for (const name of SUMMARY_FIELDS)
    read[name] = known[name] ?? known[FORMER_NAMES[name] ?? ""] ?? EMPTY_FIELD;
  return read;
}
