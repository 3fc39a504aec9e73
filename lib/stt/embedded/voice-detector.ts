import type { VoiceFrames } from "./silero.ts";
import type { Mortal } from "./supervisor.ts";

/** Says of every frame how likely it holds speech. The embedded one is a thread; tests bring their own. */
export type VoiceDetector = Mortal & {
  detect(batch: readonly VoiceFrames[]): Promise<readonly Float32Array[]>;
  /** The stream is over, or goes on somewhere else in time. */
  forget(streamId: number): void;
};

export type StartVoiceDetector = () => Promise<VoiceDetector>;
