import { type AudioChannel, type AudioSource, interleave } from "../audio/audio-source.ts";
import { msOfSamples, samplesOfMs } from "./stream-time.ts";

export type Gap = { start: number; samples: number };

export type AudioPump = {
  /** Starts the caller's clock; audio waits until `flow` says who is to be heard. */
  begin(): void;
  flow(channels: readonly AudioChannel[]): void;
  pause(): void;
  /** Lets audio through again and tells what was lost meanwhile. */
  resume(): Gap;
  /** Loses the next stretch of audio, as a network that falls behind does. */
  discard(ms: number): void;
  stop(): void;
  /** Samples since the start, lost ones included: the stream's own time. */
  position(): number;
};

type Options = {
  source: AudioSource;
  frameMs: number;
  speed: number;
  now: () => number;
  send: (frame: Uint8Array) => void;
  /** False while the socket takes no more: what comes due then is lost. */
  writable: () => boolean;
  /** Audio was lost without a pause; called before the first frame after the gap. */
  lost: (gap: Gap) => void;
  ended: () => void;
};

/**
 * Sends audio at the pace of speech. A frame is due when its last sample has been spoken; every due
 * time is counted from the start, so late timers never add up, and what came due while the server was
 * answering follows in a burst.
 */
export function createAudioPump(options: Options): AudioPump {
  const { source, speed, now } = options;
  const frameSamples = samplesOfMs(options.frameMs);
  let startedAt = 0;
  let position = 0;
  let channels: readonly AudioChannel[] = [];
  let pausedAt: number | undefined;
  let gapFrom: number | undefined;
  let discardUntil = 0;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const deliver = (frame: NonNullable<ReturnType<AudioSource["take"]>>) => {
    if (pausedAt !== undefined) return;
    if (position < discardUntil || !options.writable()) {
      gapFrom ??= position;
      return;
    }
    if (gapFrom !== undefined) options.lost({ start: gapFrom, samples: position - gapFrom });
    gapFrom = undefined;
    if (channels.length > 0) options.send(interleave(channels.map((name) => frame.channel(name))));
  };

  const tick = () => {
    const due = samplesOfMs((now() - startedAt) * speed);
    while (!stopped && position + frameSamples <= due) {
      const frame = source.take(frameSamples);
      if (!frame) {
        options.ended();
        return;
      }
      deliver(frame);
      position += frame.length;
    }
    if (stopped) return;
    const nextAt = startedAt + msOfSamples(position + frameSamples) / speed;
    timer = setTimeout(tick, Math.max(0, Math.ceil(nextAt - now())));
  };

  return {
    begin() {
      startedAt = now();
    },
    flow(names) {
      channels = names;
      tick();
    },
    pause() {
      pausedAt ??= position;
      gapFrom = undefined;
    },
    resume() {
      const start = pausedAt ?? position;
      pausedAt = undefined;
      return { start, samples: position - start };
    },
    discard(ms) {
      discardUntil = position + samplesOfMs(ms);
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
    position: () => position,
  };
}
