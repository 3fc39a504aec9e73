import path from "node:path";
import type { StartDecoder } from "#/lib/stt/embedded/decoder.ts";
import { createEmbeddedEngine } from "#/lib/stt/embedded/embedded-engine.ts";
import type { SpeechEngine } from "#/lib/stt/speech-engine.ts";

export const MODEL_FOLDER =
  process.env.SPEECH_MODEL_DIR || path.resolve(import.meta.dirname, "../../.models/moonshine-base");

/** A decoder that takes its work and never answers. */
const stalledDecoder: StartDecoder = async () => {
  const exited = Promise.withResolvers<void>();
  return {
    exited: exited.promise,
    close: () => exited.resolve(),
    cancel: () => undefined,
    decode: () => new Promise<never>(() => undefined),
  };
};

const silent = (): SpeechEngine => ({
  name: "silent",
  languages: ["en"],
  open: () => ({
    push: () => undefined,
    skipTo: () => undefined,
    flush: async () => undefined,
    close: () => undefined,
  }),
  close: async () => undefined,
});

/**
 * - `silent` takes audio and says nothing: what is measured is the door alone
 * - `stalled` hears speech, and its decoder never answers
 * - `real` is what the product runs, without interim text
 */
const ENGINES = {
  silent: async () => silent(),
  stalled: () => createEmbeddedEngine({ modelFolder: "", decoders: 1, startDecoder: stalledDecoder }),
  real: () => createEmbeddedEngine({ modelFolder: MODEL_FOLDER, interims: false }),
} as const satisfies Record<string, () => Promise<SpeechEngine>>;

export type EngineName = keyof typeof ENGINES;

export function benchEngine(name: string): Promise<SpeechEngine> {
  const known = Object.entries(ENGINES).find(([key]) => key === name);
  if (!known) throw new Error(`There is no engine "${name}".`);
  return known[1]();
}
