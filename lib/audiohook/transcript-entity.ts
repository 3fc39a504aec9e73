import { formatDuration, SAMPLE_RATE } from "./duration.ts";
import type { Entity } from "./session-contract.ts";

/** What was said, as the platform is told of it. Times are milliseconds since this session's `open`. */
export type TranscribedUtterance = {
  /** A UUID; stays the same from the first guess to the final. */
  id: string;
  /** Place of the party's channel in the selected media. */
  channelId: number;
  isFinal: boolean;
  text: string;
  startMs: number;
  durationMs: number;
  confidence?: number;
  language?: string;
  /** Each beginning later than the one before. */
  words: readonly { text: string; startMs: number; endMs: number; confidence?: number }[];
};

const duration = (ms: number) => formatDuration((ms * SAMPLE_RATE) / 1000);

const rounded = (value: number) => Math.round(value * 1000) / 1000;

/** The platform asks for one with every final; zero where the recognizer gives none. */
function confidenceOf({ confidence, words }: Pick<TranscribedUtterance, "confidence" | "words">): number {
  const told = words.map((word) => word.confidence).filter((value) => value !== undefined);
  const mean = told.length > 0 ? told.reduce((sum, value) => sum + value, 0) / told.length : 0;
  return rounded(Math.min(1, Math.max(0, confidence ?? mean)));
}

/** A `transcript` entity of an `event` message: contract section 13. */
export function transcriptEntity(utterance: TranscribedUtterance): Entity {
  const { words, language } = utterance;
  const confidence = confidenceOf(utterance);
  const tokens = words.map((word) => ({
    type: "word",
    value: word.text,
    confidence: rounded(word.confidence ?? confidence),
    offset: duration(word.startMs),
    duration: duration(word.endMs - word.startMs),
  }));
  const interpretations = [{ type: "display", transcript: utterance.text, tokens }];
  return {
    type: "transcript",
    data: {
      id: platformUuid(utterance.id),
      channelId: utterance.channelId,
      isFinal: utterance.isFinal,
      offset: duration(utterance.startMs),
      duration: duration(utterance.durationMs),
      alternatives: [{ confidence, ...(language && { languages: [language] }), interpretations }],
    },
  };
}

/** The platform's own check knows UUIDs up to version 5 only; the bits stay, the version is told as 5. */
function platformUuid(id: string): string {
  return `${id.slice(0, 14)}5${id.slice(15)}`;
}
