import * as z from "zod";
import { AppError } from "#/lib/kernel/app-error.ts";

const path = z.string().regex(/^[\w.-]{1,200}$/);

/**
 * Where a transcription message holds what we need, as dotted paths. No vendor page names these fields
 * (contract section 6), so that they are settings of the connection, with plain names as the default.
 */
export const transcriptFieldsSchema = z.object({
  conversationId: path.default("interactionGUID"),
  utteranceId: path.default("utteranceId"),
  speaker: path.default("speaker"),
  text: path.default("text"),
  at: path.default("timestamp"),
  final: path.default("isFinal"),
  /** Values of `speaker`, comma separated, that mean the agent; all others are the customer. */
  agentSpeakers: z.string().max(200).default("agent,AGENT,internal"),
});

export type TranscriptFields = z.output<typeof transcriptFieldsSchema>;

/** "name = path" a line; undefined where a line is not of this form or names a field that there is not. */
export function readTranscriptFields(text: string): Record<string, string> | undefined {
  const lines = text.split("\n").map((line) => line.trim());
  const pairs = lines.filter(Boolean).map((line) => /^(\w+)\s*=\s*(\S.*)$/.exec(line));
  const known = Object.keys(transcriptFieldsSchema.shape);
  if (!pairs.every((pair) => pair && known.includes(pair[1] ?? ""))) return undefined;
  return Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? "", pair?.[2] ?? ""]));
}

export type MappedUtterance = {
  kind: "utterance";
  conversationId: string;
  utteranceId: string;
  speaker: "customer" | "agent";
  text: string;
  at?: string;
};

/** An utterance of a transcription message; undefined for an interim one. Throws `unknown_shape` with the missing path. */
export function mapTranscript(body: unknown, fields: TranscriptFields): MappedUtterance | undefined {
  if (valueAt(body, fields.final) === false) return undefined;
  const needed = (name: "conversationId" | "text" | "speaker") => {
    const value = textOf(valueAt(body, fields[name]));
    if (value !== undefined) return value;
    throw new AppError(
      "unknown_shape",
      `The transcription message has no text at "${fields[name]}": check the connection's transcript fields (${name}).`,
    );
  };
  const conversationId = needed("conversationId");
  const text = needed("text");
  const speaker = fields.agentSpeakers.split(",").some((each) => each.trim() === needed("speaker"))
    ? "agent"
    : "customer";
  const at = momentOf(valueAt(body, fields.at));
  const utteranceId =
    textOf(valueAt(body, fields.utteranceId)) ?? `${at ?? ""}/${speaker}/${text}`.slice(0, 200);
  return { kind: "utterance", conversationId, utteranceId, speaker, text, ...(at && { at }) };
}

function valueAt(body: unknown, dotted: string): unknown {
  let value = body;
  for (const part of dotted.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}

function textOf(value: unknown): string | undefined {
  if (typeof value === "number") return `${value}`;
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Seconds, milliseconds or an ISO date. */
export function momentOf(value: unknown): string | undefined {
  const number = typeof value === "string" && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  const time =
    typeof number === "number"
      ? number < 100_000_000_000
        ? number * 1000
        : number
      : Date.parse(textOf(value) ?? "");
  return Number.isNaN(time) || Math.abs(time) > 8.64e15 ? undefined : new Date(time).toISOString();
}
