import { join } from "node:path";
import type { LogView } from "./log-view.ts";
import { keepRunning } from "./managed-process.ts";
import { freePorts } from "./ports.ts";
import {
  type FoundPulsar,
  type findPulsar,
  type MissingPulsar,
  PULSAR_VERSION,
  pulsarPlan,
} from "./pulsar.ts";
import { SetupError } from "./report.ts";
import { type Env, ROOT } from "./settings.ts";

export type PulsarBroker = {
  /** For `PULSAR_WS_URL`; undefined where there is no broker. */
  url: string | undefined;
  /** Which broker the tests run against, and why it is that one. */
  sentence: string;
  stop(): Promise<void>;
};

type Around = { dataDir: string; logs: LogView; env: Env };

const STOP_GRACE_MS = 5_000;

/** Starts what was found and waits for it; without one, says why the real broker's tests are skipped. Never throws. */
export async function startPulsar(found: FoundPulsar | MissingPulsar, around: Around): Promise<PulsarBroker> {
  if ("missing" in found) return without(found.missing);
  const { dataDir, logs, env } = around;
  const [broker = 0, web = 0] = await freePorts(2);
  const plan = pulsarPlan(found, { folder: join(dataDir, "pulsar"), ports: { broker, web } }, env);
  const running = keepRunning(plan, { runDir: join(dataDir, "run"), cwd: ROOT, logs });
  const stop = () => running.stop(STOP_GRACE_MS);
  try {
    await running.ready;
  } catch (error) {
    await stop();
    if (!(error instanceof SetupError)) throw error;
    return without(`it did not start: ${error.message}`);
  }
  return {
    url: `ws://127.0.0.1:${web}`,
    sentence: `Event stream: tried against the simulator and against Apache Pulsar ${PULSAR_VERSION} itself, fetched by Maven.`,
    stop,
  };
}

/** The broker that `PULSAR_WS_URL` names, or one of our own. */
export async function pulsarForTests(
  given: string | undefined,
  found: ReturnType<typeof findPulsar>,
  around: Around,
): Promise<PulsarBroker> {
  if (!given) return startPulsar(await found, around);
  const sentence = `Event stream: tried against the simulator and against the broker of PULSAR_WS_URL (${given}).`;
  return { url: given, sentence, stop: async () => {} };
}

function without(reason: string): PulsarBroker {
  const sentence = `Event stream: tried against the simulator alone; Apache Pulsar's tests are skipped: ${reason}.`;
  return { url: undefined, sentence, stop: async () => {} };
}
