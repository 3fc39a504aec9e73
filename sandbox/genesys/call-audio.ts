import { performance } from "node:perf_hooks";
import type { AudioChannel } from "../audio/audio-source.ts";
import { createAudioPump, type Gap } from "./audio-pump.ts";
import type { CallEvent } from "./call-events.ts";
import { type CallOptions, FRAME_MS } from "./call-options.ts";
import { durationOf, msOfSamples } from "./stream-time.ts";

export type CallAudio = {
  begin(): void;
  flow(channels: readonly AudioChannel[], startPaused: boolean): void;
  pausedBy(side: "server" | "client"): void;
  resumedBy(side: "server" | "client"): void;
  isPausedBy(side: "server" | "client"): boolean;
  discard(ms: number): void;
  stop(): void;
  positionMs(): number;
  /** The stream's own time as the protocol writes it. */
  position(): string;
};

type Options = Pick<CallOptions, "source" | "frameMs" | "speed"> & {
  sendFrame: (frame: Uint8Array) => void;
  writable: () => boolean;
  /** Sends a text message. */
  announce: (type: "paused" | "resumed" | "discarded", parameters: object) => void;
  emit: (event: CallEvent) => void;
  ended: () => void;
};

/** The call's audio under its two pause switches: it flows only when neither side has paused. */
export function createCallAudio(options: Options): CallAudio {
  const { announce, emit } = options;
  const paused = { server: false, client: false };

  const tellGap = (type: "resumed" | "discarded", { start, samples }: Gap) => {
    announce(type, { start: durationOf(start), discarded: durationOf(samples) });
    emit({ type, atMs: msOfSamples(start + samples), lostMs: msOfSamples(samples) });
  };
  const pump = createAudioPump({
    source: options.source,
    frameMs: options.frameMs ?? FRAME_MS,
    speed: options.speed ?? 1,
    now: () => performance.now(),
    send: (frame) => {
      options.sendFrame(frame);
      emit({ type: "audio", atMs: positionMs(), bytes: frame.length });
    },
    writable: options.writable,
    lost: (gap) => tellGap("discarded", gap),
    ended: options.ended,
  });
  const positionMs = () => msOfSamples(pump.position());
  const pausedBy: CallAudio["pausedBy"] = (side) => {
    paused[side] = true;
    pump.pause();
    announce("paused", {});
    emit({ type: "paused", by: side, atMs: positionMs() });
  };

  return {
    begin: pump.begin,
    flow(channels, startPaused) {
      if (startPaused) pausedBy("server");
      pump.flow(channels);
    },
    pausedBy,
    resumedBy(side) {
      paused[side] = false;
      // Asking again is asking how things are: while the other side still pauses, the answer is "paused".
      if (paused.client) pausedBy("client");
      else if (!paused.server) tellGap("resumed", pump.resume());
    },
    isPausedBy: (side) => paused[side],
    discard: pump.discard,
    stop: pump.stop,
    positionMs,
    position: () => durationOf(pump.position()),
  };
}
