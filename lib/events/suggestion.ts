import * as z from "zod";

/** Where an answer comes from; `n` is the number that citations carry. */
export const sourceSchema = z.object({
  n: z.int().positive(),
  chunkId: z.uuid(),
  documentId: z.uuid(),
  title: z.string(),
  headingPath: z.array(z.string()),
  score: z.number(),
  /** Where the passage is not ours: there is nothing of it to open here but this. */
  external: z.object({ uri: z.string().optional(), snippet: z.string().optional() }).optional(),
});
export type Source = z.output<typeof sourceSchema>;

/** One sentence of the answer, tied to characters of a source's stored passage. */
export const sentenceSchema = z.object({
  text: z.string(),
  citations: z.array(z.object({ n: z.int().positive(), start: z.int(), end: z.int() })),
});
export type Sentence = z.output<typeof sentenceSchema>;

/** What the agent may ask next: a source's heading that is a question, or the subject that a heading names. */
export const followUpSchema = z.object({
  kind: z.enum(["question", "topic"]),
  text: z.string(),
  /** The passage whose heading it is. */
  chunkId: z.uuid(),
});
export type FollowUp = z.output<typeof followUpSchema>;

/** A card. Without sentences only the sources are shown, and `note` says why. */
export const suggestionBodySchema = z.object({
  question: z.string(),
  sentences: z.array(sentenceSchema),
  sources: z.array(sourceSchema),
  origin: z.enum(["extractive", "model", "platform"]),
  confidence: z.number(),
  note: z.string().optional(),
  /** Sentences of the answer that can be sent by themselves. */
  replies: z.array(sentenceSchema).optional(),
  followUps: z.array(followUpSchema).optional(),
});
export type SuggestionBody = z.output<typeof suggestionBodySchema>;

/** One that we have written ourselves, from passages of ours. */
export type OwnSuggestion = SuggestionBody & { origin: "extractive" | "model" };
