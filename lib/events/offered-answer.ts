import * as z from "zod";

/** A source that stands with somebody else; only links that a browser may follow are kept. */
export const offeredSourceSchema = z.object({
  title: z.string().max(300),
  uri: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .optional()
    .catch(undefined),
  snippet: z.string().max(2_000).optional(),
});

/** An answer that the platform's own assistant has made; it is shown as such and never as ours. */
export const offeredAnswerSchema = z.object({
  question: z.string().max(2_000),
  /** Paragraphs in their order; none where only the sources are offered. */
  paragraphs: z.array(z.string().min(1).max(8_000)).max(20),
  sources: z.array(offeredSourceSchema).max(20),
  /** Who has made it, as the card names it. */
  by: z.string().min(1).max(100),
  confidence: z.number().min(0).max(1).optional().catch(undefined),
  note: z.string().max(300).optional(),
});
export type OfferedAnswer = z.output<typeof offeredAnswerSchema>;
