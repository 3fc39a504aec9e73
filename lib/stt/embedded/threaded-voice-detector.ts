import type { VoiceFrames } from "./silero.ts";
import { startThread } from "./thread-client.ts";
import type { VoiceDetector } from "./voice-detector.ts";
import type { VoiceNews } from "./voice-thread.ts";

/** One thread listens to every stream: alone a frame costs 0.15 ms, together 0.03 ms. */
export async function threadedVoiceDetector(): Promise<VoiceDetector> {
  const entry = new URL("./voice-thread.ts", import.meta.url);
  const thread = await startThread<readonly VoiceFrames[], Float32Array[]>(entry, undefined);
  return {
    exited: thread.exited,
    close: thread.close,
    detect: (batch) => thread.ask(batch),
    forget: (streamId) => thread.tell({ forget: streamId } satisfies VoiceNews),
  };
}
