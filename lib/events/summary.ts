import * as z from "zod";

/** A drafted sentence and the events that it rests on: what was said, or the card that was shown. */
export const summarySentenceSchema = z.object({
  text: z.string().max(1_000),
  evidence: z.array(z.uuid()).max(50),
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

export const SUMMARY_FIELDS = ["situation", "action", "nextSteps"] as const;
export type SummaryFieldName = (typeof SUMMARY_FIELDS)[number];

export const summaryFieldsSchema = z.object({
  situation: summaryFieldSchema,
  action: summaryFieldSchema,
  nextSteps: summaryFieldSchema,
});
export type SummaryFields = z.output<typeof summaryFieldsSchema>;

/** `wanted`: a draft is asked for and not there yet; the last one stands meanwhile. */
export const SUMMARY_STATES = ["wanted", "ready", "failed"] as const;
export type SummaryState = (typeof SUMMARY_STATES)[number];

const EMPTY_FIELD: SummaryField = { text: "", locked: false, sentences: [] };
export const EMPTY_SUMMARY: SummaryFields = {
  situation: EMPTY_FIELD,
  action: EMPTY_FIELD,
  nextSteps: EMPTY_FIELD,
};
