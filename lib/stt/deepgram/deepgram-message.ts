import * as z from "zod";
import type { WireResult } from "../streaming/wire.ts";

const wordSchema = z.object({
  word: z.string(),
  punctuated_word: z.string().optional(),
  start: z.number(),
  end: z.number(),
  confidence: z.number().optional(),
});

const alternativeSchema = z.object({
  transcript: z.string(),
  confidence: z.number().optional(),
  words: z.array(wordSchema).default([]),
});

const resultsSchema = z.object({
  type: z.literal("Results"),
  start: z.number(),
  duration: z.number(),
  is_final: z.boolean().default(false),
  speech_final: z.boolean().default(false),
  from_finalize: z.boolean().default(false),
  channel: z.object({ alternatives: z.array(alternativeSchema).default([]) }),
});

const messageSchema = z.discriminatedUnion("type", [
  resultsSchema,
  z.object({ type: z.literal("UtteranceEnd") }),
  z.object({ type: z.literal("Metadata") }),
  z.object({
    type: z.literal("Error"),
    description: z.string().optional(),
    message: z.string().optional(),
  }),
]);

export type DeepgramMessage =
  | { kind: "result"; result: WireResult }
  | { kind: "utterance-end" }
  /** The last message of a stream that was closed properly. */
  | { kind: "summary" }
  | { kind: "error"; reason: string };

/** What a text frame says; undefined for what is not needed here (speech started) or makes no sense. */
export function readDeepgramMessage(text: string): DeepgramMessage | undefined {
  const message = messageSchema.safeParse(parsed(text)).data;
  if (!message) return undefined;
  if (message.type === "UtteranceEnd") return { kind: "utterance-end" };
  if (message.type === "Metadata") return { kind: "summary" };
  if (message.type === "Error")
    return { kind: "error", reason: message.description ?? message.message ?? "an error without a reason" };
  return { kind: "result", result: resultOf(message) };
}

function resultOf(message: z.output<typeof resultsSchema>): WireResult {
  const best = message.channel.alternatives[0];
  const words = best?.words.map(({ word, punctuated_word, start, end, confidence }) => ({
    text: punctuated_word ?? word,
    startMs: start * 1000,
    endMs: end * 1000,
    ...(confidence !== undefined && { confidence }),
  }));
  return {
    text: best?.transcript ?? "",
    startMs: message.start * 1000,
    endMs: (message.start + message.duration) * 1000,
    final: message.is_final,
    endsUtterance: message.is_final && (message.speech_final || message.from_finalize),
    ...(best?.confidence !== undefined && { confidence: best.confidence }),
    ...(words && words.length > 0 && { words }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
