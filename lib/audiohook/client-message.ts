import * as z from "zod";
import { parseDuration } from "./duration.ts";

/** Any 8-4-4-4-12: the sample server refuses newer UUID versions, and so would lose real calls. */
export const UUID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
export const NIL_UUID = "00000000-0000-0000-0000-000000000000";

const LONGEST_LANGUAGE = 35;

const uuid = z.string().regex(UUID_PATTERN);
const words = z.string().catch("");
/** Odd durations are dropped rather than refused; the caller decides what absence means. */
const duration = z.unknown().optional().transform(parseDuration);
const languageTag = z
  .string()
  .min(1)
  .transform((tag) => tag.slice(0, LONGEST_LANGUAGE))
  .optional()
  .catch(undefined);

const envelopeSchema = z.object({
  version: z.literal("2"),
  id: uuid,
  type: z.string().min(1),
  seq: z.int().positive(),
  serverseq: z.int().nonnegative(),
  position: duration,
  parameters: z.record(z.string(), z.unknown()).catch({}),
});

export type ClientMessage = z.output<typeof envelopeSchema>;

/** The envelope alone is strict; a message whose type we do not know is still a message. */
export function readClientMessage(text: string): ClientMessage | undefined {
  try {
    return envelopeSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

const continuedSessionSchema = z.object({
  id: uuid,
  serverseq: z.number().catch(0),
  clientseq: z.number().catch(0),
});

/** Only the ids are essential: a strict reader here has failed real activations before. */
export const openParametersSchema = z.object({
  organizationId: uuid,
  conversationId: uuid,
  participant: z.object({ id: uuid, ani: words, aniName: words, dnis: words }),
  media: z.array(z.unknown()).catch([]),
  language: languageTag,
  supportedLanguages: z.boolean().catch(false),
  continuedSessions: z
    .array(z.unknown())
    .catch([])
    .transform((list) => list.flatMap((entry) => continuedSessionSchema.safeParse(entry).data ?? [])),
  customConfig: z.unknown().optional(),
});

export type OpenParameters = z.output<typeof openParametersSchema>;

export const gapParametersSchema = z.object({ start: duration, discarded: duration });
export const updateParametersSchema = z.object({ language: languageTag });
export const closeParametersSchema = z.object({ reason: z.string().max(50).catch("end") });
export const errorParametersSchema = z.object({
  code: z.number().catch(0),
  retryAfter: z.unknown().optional(),
});

/** The connection probe that the platform sends when an administrator saves the integration. */
export function isProbe(open: OpenParameters): boolean {
  return open.conversationId === NIL_UUID && open.participant.id === NIL_UUID;
}
