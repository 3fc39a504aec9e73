import { Client, credentials } from "@grpc/grpc-js";
import { createResampler } from "../../audio/resample.ts";
import type { Recording } from "../../audio/wav.ts";
import { CODES, type LegIdentity, type LegStream, openLeg } from "./leg.ts";
import type { Leg } from "./voice-proto.ts";

const RATE = 8000;
const FRAME_MS = 20;
const FRAME_SAMPLES = (RATE * FRAME_MS) / 1000;

export type VoiceTarget = { address: string; tls?: boolean; trustToken: string; subscriptionId: string };

export type VoiceCallOptions = {
  target: VoiceTarget;
  call: Omit<LegIdentity, "trustToken" | "subscriptionId">;
  /** First channel the customer, second the agent; without a recording both are silent. */
  recording?: Recording;
  legs?: readonly Leg[];
  /** How long a call without a recording lasts. */
  silentMs?: number;
  onEnd?: () => void;
};

export type VoiceCall = {
  /** The server's first word on each leg. */
  started: Promise<number[]>;
  legs: ReadonlyMap<Leg, LegStream>;
  hold(): void;
  resume(): void;
  hangUp(): void;
  /** The legs break without a word, as when a network goes. */
  break(): void;
  over: Promise<void>;
};

/** One call as the platform streams it: each leg on a stream of its own, at the pace of speech. */
export function startVoiceCall(options: VoiceCallOptions): VoiceCall {
  const { target, legs: wanted = ["CUSTOMER", "AGENT"] } = options;
  const client = new Client(
    target.address,
    target.tls ? credentials.createSsl() : credentials.createInsecure(),
  );
  const identity = {
    ...options.call,
    trustToken: target.trustToken,
    subscriptionId: target.subscriptionId,
  };
  const legs = new Map<Leg, LegStream>();
  const dial = (leg: Leg) => {
    const stream = openLeg(client, leg, identity);
    legs.set(leg, stream);
    // the server goes down: the same leg comes back on a new stream, and the old one ends
    stream.onCode((code) => {
      if (code !== CODES.reconnect || over.done) return;
      stream.end(CODES.disconnect);
      dial(leg);
    });
    return stream;
  };
  const over = endOf(options);
  const opened = wanted.map(dial);
  const tracks = tracksOf(options);
  const pump = startPump(tracks, legs, () => hangUp());
  const finish = (end: (leg: LegStream) => void) => {
    if (over.done) return;
    pump.stop();
    over.resolve();
    for (const leg of legs.values()) end(leg);
    void Promise.all([...legs.values()].map((leg) => leg.over)).then(() => client.close());
  };
  const hangUp = () => finish((leg) => leg.end(CODES.callEnded));
  const say = (code: number) => {
    for (const leg of legs.values()) leg.say(code);
  };
  return {
    started: Promise.all(opened.map(({ started }) => started)),
    legs,
    hold() {
      pump.pause();
      say(CODES.hold);
    },
    resume() {
      say(CODES.resume);
      pump.resume();
    },
    hangUp,
    break: () => finish((leg) => leg.break()),
    over: over.promise,
  };
}

function endOf({ onEnd }: VoiceCallOptions) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const end = {
    done: false,
    promise,
    resolve() {
      end.done = true;
      resolve();
      onEnd?.();
    },
  };
  return end;
}

type Tracks = { length: number; samplesOf(leg: Leg, from: number, to: number): Int16Array };

function tracksOf({ recording, silentMs = 30_000 }: VoiceCallOptions): Tracks {
  const silence = (from: number, to: number) => new Int16Array(to - from);
  if (!recording)
    return { length: (silentMs * RATE) / 1000, samplesOf: (_leg, from, to) => silence(from, to) };
  const [customer, agent] = recording.channels.slice(0, 2).map((samples) => {
    const resampler = createResampler(recording.rate, RATE);
    const parts = [resampler.push(samples), resampler.flush()];
    return Int16Array.from(parts.flatMap((part) => [...part]));
  });
  const length = Math.max(customer?.length ?? 0, agent?.length ?? 0);
  return {
    length,
    samplesOf(leg, from, to) {
      const track = leg === "CUSTOMER" ? customer : agent;
      const frame = silence(from, to);
      if (track) frame.set(track.subarray(from, to));
      return frame;
    },
  };
}

/** Every frame's due time is counted from the start, so that late timers never add up. */
function startPump(tracks: Tracks, legs: ReadonlyMap<Leg, LegStream>, ended: () => void) {
  let startedAt = performance.now();
  let position = 0;
  let pausedAt: number | undefined;
  const tick = () => {
    if (pausedAt !== undefined) return;
    const due = ((performance.now() - startedAt) * RATE) / 1000;
    while (position + FRAME_SAMPLES <= due) {
      if (position >= tracks.length) return ended();
      for (const [leg, stream] of legs) {
        stream.send(tracks.samplesOf(leg, position, position + FRAME_SAMPLES));
      }
      position += FRAME_SAMPLES;
    }
  };
  const timer = setInterval(tick, FRAME_MS);
  return {
    stop: () => clearInterval(timer),
    pause() {
      pausedAt ??= performance.now();
    },
    resume() {
      if (pausedAt !== undefined) startedAt += performance.now() - pausedAt;
      pausedAt = undefined;
    },
  };
}
