import protobuf from "protobufjs";
import type { SpokenWord } from "../speech-engine.ts";
import type { WireResult } from "../streaming/wire.ts";

/** The part of `google.cloud.speech.v2` that a streaming client needs: field names and numbers. */
const MESSAGES = {
  Duration: { fields: { seconds: { type: "int64", id: 1 }, nanos: { type: "int32", id: 2 } } },
  ExplicitDecodingConfig: {
    fields: {
      encoding: { type: "int32", id: 1 },
      sampleRateHertz: { type: "int32", id: 2 },
      audioChannelCount: { type: "int32", id: 3 },
    },
  },
  RecognitionFeatures: {
    fields: {
      enableWordTimeOffsets: { type: "bool", id: 2 },
      enableWordConfidence: { type: "bool", id: 3 },
      enableAutomaticPunctuation: { type: "bool", id: 4 },
    },
  },
  RecognitionConfig: {
    fields: {
      features: { type: "RecognitionFeatures", id: 2 },
      explicitDecodingConfig: { type: "ExplicitDecodingConfig", id: 8 },
      model: { type: "string", id: 9 },
      languageCodes: { rule: "repeated", type: "string", id: 10 },
    },
  },
  StreamingRecognitionFeatures: { fields: { interimResults: { type: "bool", id: 2 } } },
  StreamingRecognitionConfig: {
    fields: {
      config: { type: "RecognitionConfig", id: 1 },
      streamingFeatures: { type: "StreamingRecognitionFeatures", id: 2 },
    },
  },
  StreamingRecognizeRequest: {
    fields: {
      recognizer: { type: "string", id: 3 },
      audio: { type: "bytes", id: 5 },
      streamingConfig: { type: "StreamingRecognitionConfig", id: 6 },
    },
  },
  WordInfo: {
    fields: {
      startOffset: { type: "Duration", id: 1 },
      endOffset: { type: "Duration", id: 2 },
      word: { type: "string", id: 3 },
      confidence: { type: "float", id: 4 },
    },
  },
  SpeechRecognitionAlternative: {
    fields: {
      transcript: { type: "string", id: 1 },
      confidence: { type: "float", id: 2 },
      words: { rule: "repeated", type: "WordInfo", id: 3 },
    },
  },
  StreamingRecognitionResult: {
    fields: {
      alternatives: { rule: "repeated", type: "SpeechRecognitionAlternative", id: 1 },
      isFinal: { type: "bool", id: 2 },
      resultEndOffset: { type: "Duration", id: 4 },
    },
  },
  StreamingRecognizeResponse: {
    fields: { results: { rule: "repeated", type: "StreamingRecognitionResult", id: 6 } },
  },
};

const root = protobuf.Root.fromJSON({ nested: MESSAGES });
const requestType = root.lookupType("StreamingRecognizeRequest");
const responseType = root.lookupType("StreamingRecognizeResponse");

export const STREAMING_RECOGNIZE = "/google.cloud.speech.v2.Speech/StreamingRecognize";
/** `AudioEncoding.LINEAR16`. */
const LINEAR16 = 1;

export type RecognizeRequest =
  | { recognizer: string; model: string; language: string }
  | { audio: Uint8Array };

/** The first request of a stream carries the configuration and no audio, all others audio alone. */
export function encodeRequest(request: RecognizeRequest): Buffer {
  const message = "audio" in request ? { audio: request.audio } : configOf(request);
  return Buffer.from(requestType.encode(requestType.create(message)).finish());
}

function configOf({ recognizer, model, language }: Exclude<RecognizeRequest, { audio: Uint8Array }>) {
  const config = {
    explicitDecodingConfig: { encoding: LINEAR16, sampleRateHertz: 8000, audioChannelCount: 1 },
    model,
    languageCodes: [language],
    features: { enableWordTimeOffsets: true, enableWordConfidence: true, enableAutomaticPunctuation: true },
  };
  return { recognizer, streamingConfig: { config, streamingFeatures: { interimResults: true } } };
}

type Duration = { seconds?: number; nanos?: number };
type Word = { word?: string; startOffset?: Duration; endOffset?: Duration; confidence?: number };
type Result = {
  alternatives?: { transcript?: string; confidence?: number; words?: Word[] }[];
  isFinal?: boolean;
  resultEndOffset?: Duration;
};

/** What a response says: the newly settled stretch, if any, then the rest as one guess. */
export function readResponse(bytes: Uint8Array): WireResult[] {
  const { results = [] } = responseType.toObject(responseType.decode(bytes), { longs: Number }) as {
    results?: Result[];
  };
  const settled = results.filter(({ isFinal }) => isFinal).map(settledResult);
  const guesses = results.filter(({ isFinal }) => !isFinal);
  const last = guesses.at(-1);
  if (!last) return settled;
  const text = guesses.map((guess) => guess.alternatives?.[0]?.transcript ?? "").join("");
  return [...settled, { text, endMs: msOf(last.resultEndOffset), final: false, endsUtterance: false }];
}

function settledResult(result: Result): WireResult {
  const best = result.alternatives?.[0];
  const words = best?.words?.map(spokenWord) ?? [];
  return {
    text: best?.transcript ?? "",
    endMs: msOf(result.resultEndOffset),
    final: true,
    endsUtterance: true,
    // Zero stands for "not set".
    ...(best?.confidence && { confidence: best.confidence }),
    ...(words.length > 0 && { words }),
  };
}

function spokenWord({ word = "", startOffset, endOffset, confidence }: Word): SpokenWord {
  return {
    text: word,
    startMs: msOf(startOffset),
    endMs: msOf(endOffset),
    ...(confidence && { confidence }),
  };
}

const msOf = (duration: Duration | undefined) =>
  (duration?.seconds ?? 0) * 1000 + (duration?.nanos ?? 0) / 1_000_000;
