import { rmSync } from "node:fs";
import { join } from "node:path";
import { addressesOf } from "../stack/addresses.ts";
import { isolatedSettings } from "../stack/isolated-settings.ts";
import { stopLeftovers } from "../stack/process-record.ts";
import { runCommand, SetupError } from "../stack/report.ts";
import { runToEnd } from "../stack/run-to-end.ts";
import { type Env, ROOT, type Settings } from "../stack/settings.ts";
import { type Extent, runningSupervisor, startStack } from "../stack/stack.ts";
import { onStopSignal } from "../stack/stop-signals.ts";

const STOP_GRACE_MS = 3_000;
type Need = Extent | "nothing";

/** Every benchmark, a file of `bench/`, and how much of the product must run beside it. */
const BENCHES: Readonly<Record<string, Need>> = {
  "word-error-rate": "nothing",
  "speech-latency": "nothing",
  "audiohook-handshake": "servers",
  "audiohook-load": "servers",
  faults: "servers",
  "write-back": "servers",
  "chat-latency": "everything",
  "genesys-message": "everything",
  "speech-to-screen": "everything",
  retrieval: "nothing",
  trigger: "nothing",
  "genesys-feed": "nothing",
  "8x8-stream": "servers",
  "five9-voice": "nothing",
  "google-push": "servers",
  "google-soak": "servers",
  "portal-pages": "everything",
  "google-to-widget": "servers",
  "widget-size": "everything",
};

/**
 * `npm run bench [NAME...] [-- --OPTION...]`: runs every benchmark, or those that are named, each as a
 * process of its own beside one fresh product. Options go to the benchmarks.
 */
await runCommand(async () => {
  const told = new AbortController();
  onStopSignal(
    () => told.abort(),
    () => process.exit(1),
  );
  const words = process.argv.slice(2);
  const firstOption = words.findIndex((word) => word.startsWith("-"));
  const options = firstOption < 0 ? [] : words.slice(firstOption);
  const names = chooseBenches(words.slice(0, words.length - options.length));
  const settings = await isolatedSettings("bench");
  const extent = widestNeed(names);
  const stop = { run: async () => {} };
  let env: Env = settings.env;
  if (extent !== "nothing") {
    await prepareFolder(settings);
    const stack = await startStack(settings, { extent, signal: told.signal });
    stop.run = () => stack.stop(STOP_GRACE_MS);
    env = { ...env, ...addressesOf(settings, stack) };
  }
  try {
    let failed = 0;
    for (const name of names) {
      console.log(`\n== ${name}`);
      const args = [join(ROOT, `bench/${name}.ts`), ...options];
      const { code } = await runToEnd(process.execPath, args, { env, signal: told.signal });
      if (code !== 0) failed++;
    }
    return failed === 0 ? 0 : 1;
  } finally {
    await stop.run();
  }
});

function chooseBenches(names: readonly string[]): readonly string[] {
  const known = Object.keys(BENCHES);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new SetupError(`There is no benchmark "${unknown.join('", "')}". There are: ${known.join(", ")}.`);
  }
  return names.length === 0 ? known : names;
}

function widestNeed(names: readonly string[]): Need {
  const needs = new Set(names.map((name) => BENCHES[name]));
  return needs.has("everything") ? "everything" : needs.has("servers") ? "servers" : "nothing";
}

async function prepareFolder(settings: Settings): Promise<void> {
  const other = runningSupervisor(settings);
  if (other) throw new SetupError(`The benchmarks are already running here (process ${other}).`);
  await stopLeftovers(join(settings.dataDir, "run"), STOP_GRACE_MS);
  rmSync(settings.dataDir, { recursive: true, force: true });
}
