import { readFile } from "node:fs/promises";
import { recordingSource } from "#/sandbox/audio/audio-source.ts";
import { readWav } from "#/sandbox/audio/wav.ts";
import { startCall } from "#/sandbox/genesys/start-call.ts";
import { callOptions, madeUpConnection } from "./audiohook/bench-connection.ts";
import type { Collected } from "./audiohook/collecting-sink.ts";
import { startChild } from "./bench-child.ts";

export type SocketTranscriber = {
  /** The words that a call with this WAV file brings out. */
  transcribe(file: string): Promise<string>;
  close(): Promise<void>;
};

/** The segmentation counts samples and sees no difference; beyond this the recognizer may fall behind. */
const SPEED = 4;
const FRAME_MS = 20;
const MOST_REPEATS = 3;

/**
 * Turns WAV files into text over a real socket: the sandbox's caller on one side, the AudioHook door with the
 * product's recognizer in a process of its own on the other. A call whose audio was not all recognized, because
 * it came faster than life or the machine was busy, is placed again at the pace of speech.
 */
export async function openSocketTranscriber(): Promise<SocketTranscriber> {
  const connection = madeUpConnection();
  const child = await startChild<{ port: number }>(new URL("./audiohook/server-child.ts", import.meta.url), {
    BENCH_ENGINE: "real",
    BENCH_CONNECTION: JSON.stringify(connection),
  });
  const options = callOptions(connection, child.ready.port);

  const place = async (file: string, speed: number): Promise<Collected> => {
    const source = recordingSource(readWav(await readFile(file)));
    const { outcome, detail, sessionId } = await startCall({ ...options, source, speed, frameMs: FRAME_MS })
      .done;
    if (outcome !== "completed") throw new Error(`${file}: ${detail}`);
    return child.ask<Collected>("collected", sessionId);
  };

  return {
    transcribe: async (file) => {
      let heard = await place(file, SPEED);
      for (let tries = 0; heard.gapMs > 0 && tries < MOST_REPEATS; tries++) heard = await place(file, 1);
      if (heard.gapMs > 0) console.error(`${file}: ${heard.gapMs} ms were not recognized`);
      return heard.finals.join(" ");
    },
    close: child.stop,
  };
}
