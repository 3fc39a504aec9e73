import { parentPort } from "node:worker_threads";
import { loadSilero, type VoiceFrames } from "./silero.ts";

/** Runs as a thread: the voice detector of all streams. */
type Incoming = { id: number; question: readonly VoiceFrames[] } | { message: { forget: number } };

const silero = await loadSilero();

parentPort?.on("message", async (incoming: Incoming) => {
  if ("message" in incoming) {
    silero.forget(incoming.message.forget);
    return;
  }
  parentPort?.postMessage({ id: incoming.id, answer: await silero.detect(incoming.question) });
});
parentPort?.postMessage({ ready: true });
