import { workerData } from "node:worker_threads";
import type { DecodeRequest } from "./decoder.ts";
import { loadMoonshine } from "./moonshine.ts";
import { serveThread } from "./thread-server.ts";
import { upsampleTwice } from "./upsample.ts";

/** Runs as a thread: one Moonshine model, one request at a time. */
export type DecoderThreadSettings = {
  modelFolder: string;
  /** One 32-bit integer; anything but 0 stops the running request at its next token. */
  cancelFlag: SharedArrayBuffer;
};

const settings = workerData as DecoderThreadSettings;
const cancelFlag = new Int32Array(settings.cancelFlag);
const cancelled = () => Atomics.load(cancelFlag, 0) !== 0;

const model = await loadMoonshine(settings.modelFolder);
// The first run allocates what later ones reuse and takes several times longer: no caller should be the first.
await model.transcribe(new Float32Array(16_000), { speech: true });

serveThread(({ samples, speech, draft }: DecodeRequest) =>
  model.transcribe(upsampleTwice(samples), { speech, draft, cancelled }),
);
