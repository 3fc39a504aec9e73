import type { Recognition, SpeechEngine, SpeechGap, SpeechStream } from "../speech-engine.ts";

export type Heard = {
  stream: SpeechStream;
  interims: Recognition[];
  finals: Recognition[];
  gaps: SpeechGap[];
  health: boolean[];
  ready: number[];
};

/** Opens a stream and writes down everything it says. */
export function listenTo(engine: SpeechEngine, language?: string): Heard {
  const heard: Omit<Heard, "stream"> = { interims: [], finals: [], gaps: [], health: [], ready: [] };
  const handlers = {
    onInterim: (recognition: Recognition) => void heard.interims.push(recognition),
    onFinal: (recognition: Recognition) => void heard.finals.push(recognition),
    onGap: (gap: SpeechGap) => void heard.gaps.push(gap),
    onHealth: (healthy: boolean) => void heard.health.push(healthy),
    onReady: () => void heard.ready.push(1),
  };
  return { ...heard, stream: engine.open(handlers, language) };
}

/** In pieces of 20 ms, as a call brings them. */
export function pushAll(stream: SpeechStream, ...parts: readonly Int16Array[]): void {
  for (const part of parts) {
    for (let at = 0; at < part.length; at += 160) stream.push(part.subarray(at, at + 160));
  }
}

/** Loud audio in which every sample tells its number, so that a test sees what was lost or sent twice. */
export function counted(ms: number, from = 0): Int16Array {
  return Int16Array.from({ length: ms * 8 }, (_, i) => 1000 + ((from * 8 + i) % 30_000));
}

export const texts = (recognitions: readonly { text: string }[]) => recognitions.map(({ text }) => text);

/** Waits for something that no event announces. */
export async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; !condition(); i++) {
    if (i > 1500) throw new Error("waited in vain");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
