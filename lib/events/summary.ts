import * as z from "zod";

/** One part of a summary. What an agent wrote is locked: no later draft touches it. */
export const summaryFieldSchema = z.object({
  text: z.string().max(4_000),
  locked: z.boolean(),
  /** The utterances that it rests on; empty for what an agent wrote. */
  evidence: z.array(z.uuid()),
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
