import type { KeyRing } from "#/lib/crypto/key-ring.ts";
import { isAppError } from "#/lib/kernel/app-error.ts";
import { endpointOf } from "#/lib/stt/google/google-options.ts";
import type { PinAddress } from "#/lib/stt/pinned-address.ts";
import type { SpeechEngine, SpeechStream } from "#/lib/stt/speech-engine.ts";
import { openSpeechEngine, type SpeechIntegration } from "./open-speech-engine.ts";
import { GOOGLE_SETTINGS } from "./speech-settings.ts";

/** One step of a test: what was tried, how it went, what to do about it. */
export type SpeechTestStep =
  | { name: string; outcome: "passed"; ms: number; detail?: string }
  | { name: string; outcome: "failed"; ms: number; reason: string; remedy: string }
  | { name: string; outcome: "not-tried"; detail: string };

export type TestSpeechDeps = { ring: KeyRing; pin: PinAddress; now: () => number; openMs?: number };

type Outcome = { detail: string } | { reason: string; remedy: string };

const OPEN_TIMEOUT_MS = 10_000;
const ANSWER_TIMEOUT_MS = 8000;
const SAMPLES_A_SECOND = 8000;

/** Tries a service the way calls will use it: a stream is opened and gets a second of audio. */
export async function* testSpeech(
  deps: TestSpeechDeps,
  row: SpeechIntegration,
): AsyncIterable<SpeechTestStep> {
  const trial = new Trial(deps, row);
  const steps: { name: string; run: () => Promise<Outcome> }[] = [
    { name: "Address", run: () => trial.address() },
    { name: "Connection and key", run: () => trial.connection() },
    { name: "A second of audio", run: () => trial.audio() },
  ];
  let failed = false;
  try {
    for (const { name, run } of steps) {
      if (failed) {
        yield { name, outcome: "not-tried", detail: "The step above must pass first." };
        continue;
      }
      const from = deps.now();
      const outcome = await run();
      const ms = Math.max(0, Math.round(deps.now() - from));
      failed = "reason" in outcome;
      yield "reason" in outcome
        ? { name, outcome: "failed", ms, ...outcome }
        : { name, outcome: "passed", ms, ...outcome };
    }
  } finally {
    await trial.end();
  }
}

class Trial {
  readonly #deps: TestSpeechDeps;
  readonly #row: SpeechIntegration;
  #engine: SpeechEngine | undefined;
  #stream: SpeechStream | undefined;
  #lostMs = 0;

  constructor(deps: TestSpeechDeps, row: SpeechIntegration) {
    this.#deps = deps;
    this.#row = row;
  }

  async address(): Promise<Outcome> {
    try {
      const { url } = await this.#deps.pin(addressOf(this.#row));
      return { detail: `${url.host} may be reached` };
    } catch (error) {
      if (!isAppError(error)) throw error;
      return {
        reason: error.message,
        remedy: "Check the address. For a server in your own network, ask the operator to allow it.",
      };
    }
  }

  async connection(): Promise<Outcome> {
    try {
      this.#engine = openSpeechEngine(this.#row, this.#deps.ring, this.#deps.pin);
    } catch (error) {
      if (!isAppError(error)) throw error;
      return { reason: error.message, remedy: "Enter the key again." };
    }
    const problem = await this.#opened(this.#engine);
    if (problem === undefined)
      return { detail: "The service takes a stream with this key and these settings" };
    return { reason: problem, remedy: "Check the key, the model, the languages and the address." };
  }

  /** Silence: what counts is that the service takes it and ends the stream properly. */
  async audio(): Promise<Outcome> {
    this.#stream?.push(new Int16Array(SAMPLES_A_SECOND));
    await this.#stream?.flush(ANSWER_TIMEOUT_MS);
    if (this.#lostMs === 0) return { detail: "Taken, and the stream was ended properly" };
    return {
      reason: "The service did not end the stream properly after a second of audio.",
      remedy: "Look at the service's status page and the account's quota, then test again.",
    };
  }

  async end(): Promise<void> {
    this.#stream?.close();
    await this.#engine?.close();
  }

  /** The reason why not; undefined when the stream stands. */
  #opened(engine: SpeechEngine): Promise<string | undefined> {
    return new Promise((resolve) => {
      const late = setTimeout(
        () => resolve("The service did not answer in time."),
        this.#deps.openMs ?? OPEN_TIMEOUT_MS,
      );
      const settle = (problem?: string) => {
        clearTimeout(late);
        resolve(problem);
      };
      this.#stream = engine.open({
        onInterim: () => undefined,
        onFinal: () => undefined,
        onGap: (gap) => {
          this.#lostMs += gap.durationMs;
        },
        onReady: () => settle(),
        onHealth: (healthy, reason) => {
          if (!healthy) settle(reason ?? "The service is away.");
        },
      });
    });
  }
}

function addressOf({ kind, settings }: SpeechIntegration): string {
  const google = kind === "google" ? GOOGLE_SETTINGS.safeParse(settings).data : undefined;
  return google ? endpointOf(google) : String(settings.endpoint ?? "");
}
