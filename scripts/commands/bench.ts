import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
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
type Bench = { name: string; file: string; needs: Extent | "nothing" };

/** Runs every benchmark, or those that are named, each as a process of its own beside one fresh product. */
await runCommand(async () => {
  const told = new AbortController();
  onStopSignal(
    () => told.abort(),
    () => process.exit(1),
  );
  const benches = chooseBenches(process.argv.slice(2));
  const settings = await isolatedSettings("bench");
  const extent = widestNeed(benches);
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
    for (const { name, file } of benches) {
      console.log(`\n== ${name}`);
      const { code } = await runToEnd(process.execPath, [file], { env, signal: told.signal });
      if (code !== 0) failed++;
    }
    return failed === 0 ? 0 : 1;
  } finally {
    await stop.run();
  }
});

/** The first line of a benchmark may say `// needs: nothing` or `// needs: servers`; otherwise it gets everything. */
function readBenches(): Bench[] {
  const folder = join(ROOT, "bench");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(".ts") && !file.includes(".test."))
    .map((file) => {
      const path = join(folder, file);
      const [, needs = "everything"] =
        /^\/\/ needs: (nothing|servers)/.exec(readFileSync(path, "utf8")) ?? [];
      return { name: file.slice(0, -".ts".length), file: path, needs: needs as Bench["needs"] };
    });
}

function chooseBenches(names: readonly string[]): Bench[] {
  const all = readBenches();
  const unknown = names.filter((name) => !all.some((bench) => bench.name === name));
  if (unknown.length > 0 || all.length === 0) {
    const known = all.map(({ name }) => name).join(", ") || "none yet";
    throw new SetupError(`There is no benchmark "${unknown.join('", "')}". There are: ${known}.`);
  }
  return names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
}

function widestNeed(benches: readonly Bench[]): Bench["needs"] {
  for (const need of ["everything", "servers"] as const) {
    if (benches.some(({ needs }) => needs === need)) return need;
  }
  return "nothing";
}

async function prepareFolder(settings: Settings): Promise<void> {
  const other = runningSupervisor(settings);
  if (other) throw new SetupError(`The benchmarks are already running here (process ${other}).`);
  await stopLeftovers(join(settings.dataDir, "run"), STOP_GRACE_MS);
  rmSync(settings.dataDir, { recursive: true, force: true });
}
