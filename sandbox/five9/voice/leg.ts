import { type Client, type ClientDuplexStream, type StatusObject, status } from "@grpc/grpc-js";
import {
  decodeResponse,
  encodeRequest,
  type Leg,
  STREAMING_VOICE,
  type VoiceRequest,
  type VoiceResponse,
} from "./voice-proto.ts";

export type LegIdentity = {
  callId: string;
  domainId: string;
  campaignId: string;
  agentId: string;
  skillId: string;
  subscriptionId: string;
  trustToken: string;
};

export const CODES = {
  callEnded: 1,
  hold: 2,
  resume: 3,
  disconnect: 4,
  startStreaming: 1001,
  pauseStreaming: 1002,
  reconnect: 1012,
} as const;

/** What the platform gives a server to answer the configuration. */
const ANSWER_MS = 5000;

export type LegStream = {
  leg: Leg;
  /** Resolves with the first code that the server says; rejects where the stream ends before. */
  started: Promise<number>;
  /** Codes so far, in order. */
  codes: readonly number[];
  onCode(listener: (code: number) => void): void;
  /** 16-bit samples, one frame. Nothing is sent while the leg is not to be heard. */
  send(samples: Int16Array, at?: Date): void;
  say(code: number, message?: string): void;
  /** Ends our side as the platform does: with a word, and without one where it is to break. */
  end(code?: number): void;
  break(): void;
  /** How the server ended its side. */
  over: Promise<{ code: number; details: string }>;
  framesSent(): number;
};

/** Dials the product for one leg of a call and says which one it is. */
export function openLeg(client: Client, leg: Leg, identity: LegIdentity): LegStream {
  const stream: ClientDuplexStream<VoiceRequest, VoiceResponse> = client.makeBidiStreamRequest(
    STREAMING_VOICE,
    encodeRequest,
    decodeResponse,
  );
  const codes: number[] = [];
  const listeners = new Set<(code: number) => void>();
  let frames = 0;
  let flowing = false;
  let ended = false;
  stream.on("data", ({ status: said }: VoiceResponse) => {
    if (!said) return;
    const code = said.code ?? 0;
    codes.push(code);
    if (code === CODES.startStreaming) flowing = true;
    if (code === CODES.pauseStreaming) flowing = false;
    for (const listener of listeners) listener(code);
  });
  const over = new Promise<{ code: number; details: string }>((resolve) => {
    stream.on("status", ({ code, details }: StatusObject) => {
      ended = true;
      resolve({ code, details });
    });
  });
  // every failure is a status too, but an error that nobody hears would end the process
  stream.on("error", () => undefined);
  const started = new Promise<number>((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error("the server does not answer the configuration")),
      ANSWER_MS,
    );
    listeners.add((code) => {
      clearTimeout(late);
      resolve(code);
    });
    void over.then(({ code, details }) => {
      clearTimeout(late);
      reject(new Error(`the server ended the stream (${status[code] ?? code}: ${details})`));
    });
  });
  started.catch(() => undefined);
  stream.write({ streamingConfig: configOf(leg, identity) });
  const say = (code: number, message = "") => {
    if (!ended) stream.write({ streamingStatus: { code, message } });
  };
  return {
    leg,
    started,
    codes,
    onCode: (listener) => void listeners.add(listener),
    send(samples, at = new Date()) {
      if (!flowing || ended) return;
      frames += 1;
      stream.write({ audioContent: bytesOf(samples), sendTime: timestamp(at) });
    },
    say,
    end(code) {
      if (code !== undefined) say(code);
      if (!ended) stream.end();
    },
    break: () => stream.cancel(),
    over,
    framesSent: () => frames,
  };
}

function configOf(callLeg: Leg, identity: LegIdentity): NonNullable<VoiceRequest["streamingConfig"]> {
  const { callId, ...ids } = identity;
  return { ...ids, vccCallId: callId, callLeg, voiceConfig: { encoding: "LINEAR16", sampleRateHertz: 8000 } };
}

function bytesOf(samples: Int16Array): Uint8Array {
  const bytes = Buffer.alloc(samples.length * 2);
  for (const [i, sample] of samples.entries()) bytes.writeInt16LE(sample, i * 2);
  return bytes;
}

const timestamp = (at: Date) => ({
  seconds: Math.floor(at.getTime() / 1000),
  nanos: (at.getTime() % 1000) * 1_000_000,
});
