/** The voice stream's door as the product runs it, in a process of its own, with a recognizer that says nothing. */
import { createLog } from "#/lib/kernel/log.ts";
import type { SpeechEngine } from "#/lib/stt/speech-engine.ts";
import { createVoiceStreamServer } from "#/workers/audiohook/voicestream-server.ts";
import { collectingSink } from "../audiohook/collecting-sink.ts";
import { readProcessFigures } from "../audiohook/process-figures.ts";
import { answerParent } from "../bench-child.ts";
import { required } from "../report.ts";

const trustToken = required("BENCH_TRUST_TOKEN");
const heard = { streams: 0, samples: 0, skips: 0 };

const engine: SpeechEngine = {
  name: "silent",
  languages: ["en"],
  open: () => {
    heard.streams += 1;
    return {
      push: (samples) => {
        heard.samples += samples.length;
      },
      skipTo: () => {
        heard.skips += 1;
      },
      flush: async () => undefined,
      close: () => undefined,
    };
  },
  close: async () => undefined,
};

const connection = {
  tenantId: "0197c0de-0000-7000-8000-000000000001",
  connectionId: "0197c0de-0000-7000-8000-000000000002",
  trustTokens: [trustToken],
  domainId: undefined,
  subscriptionId: undefined,
  language: undefined,
  skills: new Map<string, string>(),
};
const sink = collectingSink();
const server = createVoiceStreamServer({
  findConnection: async (token) => (token === trustToken ? connection : undefined),
  engineFor: async () => engine,
  sink,
  halves: { arrived: async () => undefined, has: async () => false },
  tellAlone: async () => undefined,
  log: createLog("audiohook", "error"),
  mostLegs: 400,
});
const port = await server.listen(0);
answerParent(
  { port },
  {
    figures: readProcessFigures,
    health: () => ({ ...server.health(), ...sink.counts, ...heard }),
  },
);
