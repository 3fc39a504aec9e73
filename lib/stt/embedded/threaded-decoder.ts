import type { DecodeRequest, Decoder, StartDecoder } from "./decoder.ts";
import type { DecoderThreadSettings } from "./decoder-thread.ts";
import type { Transcript } from "./moonshine.ts";
import { startThread } from "./thread-client.ts";

/** A decoder on a thread of its own, with the model from `modelFolder` loaded and warm. */
export function threadedDecoder(modelFolder: string): StartDecoder {
  return async (): Promise<Decoder> => {
    const cancelFlag = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    const flag = new Int32Array(cancelFlag);
    const settings: DecoderThreadSettings = { modelFolder, cancelFlag };
    const entry = new URL("./decoder-thread.ts", import.meta.url);
    const thread = await startThread<DecodeRequest, Transcript | undefined>(entry, settings);
    return {
      exited: thread.exited,
      close() {
        Atomics.store(flag, 0, 1);
        thread.close();
      },
      cancel: () => void Atomics.store(flag, 0, 1),
      decode(request) {
        Atomics.store(flag, 0, 0);
        return thread.ask(request);
      },
    };
  };
}
