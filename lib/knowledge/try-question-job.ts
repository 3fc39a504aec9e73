import * as z from "zod";

/** The name under which the jobs process answers (`lib/queues/ask-jobs.ts`). */
export const TRY_QUESTION = "try-question";

/** A question and what is to answer it: nothing here needs to be saved first. */
export const tryQuestionInputSchema = z.object({
  tenantId: z.uuid(),
  profile: z.object({
    knowledgeBaseId: z.uuid().optional(),
    systemPrompt: z.string().max(8_000).default(""),
    modelIntegrationId: z.uuid().optional(),
    threshold: z.number().min(0).max(1).optional(),
  }),
  question: z.string().trim().min(1).max(2_000),
});
export type TryQuestionInput = z.output<typeof tryQuestionInputSchema>;

/** A card as `lib/events/suggestion.ts` has it; only what a page shows is read. */
const answerSchema = z.object({
  question: z.string(),
  sentences: z.array(
    z.object({
      text: z.string(),
      citations: z.array(z.object({ n: z.int().positive(), start: z.int(), end: z.int() })),
    }),
  ),
  sources: z.array(
    z.object({
      n: z.int().positive(),
      chunkId: z.string(),
      documentId: z.string(),
      title: z.string(),
      headingPath: z.array(z.string()),
      score: z.number(),
    }),
  ),
  origin: z.enum(["extractive", "model"]),
  confidence: z.number(),
  note: z.string().optional(),
});

export const tryQuestionAnswerSchema = z.object({
  /** Best first, with everything that explains the order. */
  passages: z.array(
    z.object({
      documentId: z.string().optional(),
      title: z.string(),
      headingPath: z.array(z.string()),
      text: z.string(),
      score: z.number(),
      lexical: z.number(),
      dense: z.number(),
      matchedTerms: z.array(z.string()),
      /** The mixed score that ordered the passages. */
      rank: z.number().optional(),
      /** Share of the question's information that its words cover. */
      coverage: z.number().optional(),
      subject: z.string().optional(),
      why: z.string().optional(),
    }),
  ),
  answer: answerSchema.optional(),
  /** Why there would be no card. */
  silentBecause: z.string().optional(),
  /** Confidence that a card needs, as it was applied. */
  threshold: z.number().optional(),
  /** Milliseconds by stage, in their order. */
  ms: z.record(z.string(), z.number()),
});
export type TryQuestionAnswer = z.output<typeof tryQuestionAnswerSchema>;
