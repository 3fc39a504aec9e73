import * as z from "zod";
import { channelSchema } from "#/lib/events/conversation-event.ts";
import { SUMMARY_FIELDS } from "#/lib/events/summary.ts";
import { writeIntentSchema, writeReportSchema } from "#/lib/events/write-back.ts";
import type { DurableBody, DurableMessage } from "./contract.ts";

/** What a widget asks of the realtime server, and the answers. */

const platformId = z.string().min(1).max(200);
const seq = z.int().positive().max(2_147_483_647);
/** A browser's clock may be wrong, but not by a century. */
const moment = z.number().min(0).max(4_102_444_800_000);

/**
 * `join` and `sync`: everything after the last number seen; `join` also enters the room. With `latest`, a widget
 * that has seen nothing is told how it stands now and that many of the newest lines, instead of everything.
 */
export const joinSchema = z.object({
  conversationId: platformId,
  after: z.int().nonnegative().max(2_147_483_647),
  latest: z.int().positive().max(500).optional(),
});

/** Lines that were said before the oldest one held. */
export const olderSchema = z.object({ conversationId: platformId, before: seq });

/** A platform message that the widget saw in the agent's desktop; stored before it is answered. */
export const forwardSchema = z.object({
  conversationId: platformId,
  messageId: platformId,
  payload: z.unknown(),
});

export const askSchema = z.object({
  conversationId: platformId,
  askId: z.uuid(),
  text: z.string().trim().min(1).max(2_000),
});

const named = z.object({ id: platformId, name: z.string().max(200).optional() });

/**
 * What the desktop around a widget says of the conversation. Stored as a delivery, so that a queue's mapping
 * applies whichever way its name came; of the agent the token's word goes before the page's.
 */
export const contextSchema = z
  .object({
    conversationId: platformId,
    queue: named.optional(),
    agent: named.optional(),
    channel: channelSchema.optional(),
    language: z.string().min(1).max(35).optional(),
    participantId: platformId.optional(),
    reopenedAt: z.iso.datetime({ offset: true }).optional().catch(undefined),
  })
  .refine(({ queue, agent, channel, language }) => queue ?? agent ?? channel ?? language, {
    error: "A context names at least one of queue, agent, channel and language.",
  });

/** The platform's conversation is over for the agent of this widget. */
export const endedSchema = z.object({
  conversationId: platformId,
  reason: z.string().max(100),
  at: z.iso.datetime({ offset: true }).optional().catch(undefined),
});

/** Something of an unknown shape came from the platform: counted, and sampled in the inspector. */
export const unknownSchema = z.object({
  conversationId: platformId,
  topic: z.string().max(200),
  sample: z.unknown(),
});

/**
 * How the platform's limit stood in the agent's own calls, gathered over a while: their 429s are the connection's
 * too. A count is only worth what a widget's word is, so it is held down.
 */
export const quotaSchema = z.object({
  refused: z.int().nonnegative().max(1_000),
  allowed: z.int().nonnegative().max(10_000_000).optional(),
  used: z.int().nonnegative().max(10_000_000).optional(),
  resetMs: z.number().nonnegative().max(86_400_000).optional(),
});
export type QuotaTold = z.output<typeof quotaSchema>;

/** Times are the widget's clock corrected by the offset that the server told at `join`. */
export const acknowledgeSchema = z.object({
  conversationId: platformId,
  painted: z
    .array(z.object({ seq, receivedAt: moment, paintedAt: moment }))
    .min(1)
    .max(500),
});

export const feedbackSchema = z.object({
  suggestionId: z.uuid(),
  kind: z.enum(["verdict", "copied", "inserted", "opened", "sent"]),
  value: z.string().max(200),
});

export const passageSchema = z.object({ chunkId: z.uuid() });

/**
 * Asks for leave to write to the platform. `claim` is new for each try of a person and the same for its repeats,
 * so that an answer that was lost on the way is given again, and to nobody else.
 */
export const writeSchema = z.object({
  conversationId: platformId,
  writeId: z.uuid(),
  claim: z.uuid(),
  intent: writeIntentSchema,
  /** Absent at first. The attempt that it follows: one that came to nothing, or whose performer went silent. */
  after: z.object({ attempt: z.int().positive(), how: z.enum(["retry", "confirmed", "resume"]) }).optional(),
});

export const writtenSchema = z.object({
  conversationId: platformId,
  writeId: z.uuid(),
  attempt: z.int().positive(),
  report: writeReportSchema,
});

/** By itself a widget asks for what is new; `again` is a person's wish and drafts whatever there is. */
export const summarizeSchema = z.object({ conversationId: platformId, again: z.boolean().default(false) });
/** With `text` the field is the agent's own and locked; without, it goes back to drafting. */
export const editSummarySchema = z.object({
  conversationId: platformId,
  field: z.enum(SUMMARY_FIELDS),
  text: z.string().trim().max(4_000).optional(),
});

export type Failure = { ok: false; code: string; message: string };
/** At most a page of messages; the last one's number below `lastSeq` means: ask on from there. */
export type JoinAnswer =
  | {
      ok: true;
      lastSeq: number;
      messages: DurableMessage[];
      serverTime: number;
      /** The answer to `latest`: nothing up to `lastSeq` is missing but lines below `olderBefore`, if there are any. */
      latest?: { olderBefore?: number | undefined };
    }
  | Failure;
export type OlderAnswer =
  | { ok: true; messages: DurableMessage[]; olderBefore?: number | undefined }
  | Failure;
export type DoneAnswer = { ok: true } | Failure;
/** `before` and `after` are the neighboring passages' nearest words, so that a passage is not read out of place. */
export type PassageAnswer =
  | {
      ok: true;
      title: string;
      headingPath: string[];
      before: string;
      text: string;
      after: string;
      origin: string;
    }
  | Failure;

type WriteBackBody = Extract<DurableBody, { kind: "write-back" }>;
export type WriteAnswer =
  | {
      ok: true;
      /** True for exactly one caller of an attempt: only this one may call the platform. */
      mine: boolean;
      /** It was this caller's, but the answer took so long that nobody may begin now: report that it failed. */
      late: boolean;
      /** An earlier performer may have done it: the platform is asked first. */
      mustFind: boolean;
      attempt: number;
      state: WriteBackBody["state"];
      intent: WriteBackBody["intent"];
      /** When it was first tried, in milliseconds since the epoch. */
      since: number;
    }
  | Failure;
export type WrittenAnswer = { ok: true; state: WriteBackBody["state"] } | Failure;

export type ClientToServer = {
  join: (input: z.input<typeof joinSchema>, answer: (result: JoinAnswer) => void) => void;
  sync: (input: z.input<typeof joinSchema>, answer: (result: JoinAnswer) => void) => void;
  older: (input: z.input<typeof olderSchema>, answer: (result: OlderAnswer) => void) => void;
  forward: (input: z.input<typeof forwardSchema>, answer: (result: DoneAnswer) => void) => void;
  ask: (input: z.input<typeof askSchema>, answer: (result: DoneAnswer) => void) => void;
  context: (input: z.input<typeof contextSchema>, answer: (result: DoneAnswer) => void) => void;
  ended: (input: z.input<typeof endedSchema>, answer: (result: DoneAnswer) => void) => void;
  unknown: (input: z.input<typeof unknownSchema>, answer: (result: DoneAnswer) => void) => void;
  quota: (input: z.input<typeof quotaSchema>, answer: (result: DoneAnswer) => void) => void;
  acknowledge: (input: z.input<typeof acknowledgeSchema>) => void;
  feedback: (input: z.input<typeof feedbackSchema>, answer: (result: DoneAnswer) => void) => void;
  passage: (input: z.input<typeof passageSchema>, answer: (result: PassageAnswer) => void) => void;
  write: (input: z.input<typeof writeSchema>, answer: (result: WriteAnswer) => void) => void;
  written: (input: z.input<typeof writtenSchema>, answer: (result: WrittenAnswer) => void) => void;
  summarize: (input: z.input<typeof summarizeSchema>, answer: (result: DoneAnswer) => void) => void;
  "edit-summary": (input: z.input<typeof editSummarySchema>, answer: (result: DoneAnswer) => void) => void;
  /** A renewed token for this socket; without one the socket is closed when its token ends. */
  renew: (token: string, answer: (result: DoneAnswer) => void) => void;
};
