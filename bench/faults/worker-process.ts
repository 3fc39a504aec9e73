import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const ROOT = path.resolve(import.meta.dirname, "../..");
const START_LIMIT_MS = 240_000;
const PROBE_EVERY_MS = 100;

export type WorkerProcess = {
  pid: number;
  /** As a crash does: no signal handler runs. */
  kill(): Promise<void>;
  /** As an orchestrator does. */
  stop(): Promise<void>;
};

/** Starts one of the product's processes and waits until it is ready. Its warnings go to our stderr. */
export async function startWorker(
  main: string,
  env: Record<string, string>,
  probeUrl: string,
): Promise<WorkerProcess> {
  const child = spawn(process.execPath, [main], {
    cwd: ROOT,
    env: { ...process.env, LOG_LEVEL: "warn", ...env },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const end = async (signal: NodeJS.Signals) => {
    if (hasEnded(child)) return;
    const exited = once(child, "exit");
    child.kill(signal);
    await exited;
  };
  const limit = Date.now() + START_LIMIT_MS;
  while (!(await answers(probeUrl))) {
    if (hasEnded(child) || Date.now() > limit) {
      // Left alone it would go on taking work, beside the next run.
      await end("SIGKILL");
      throw new Error(`${main} did not become ready`);
    }
    await sleep(PROBE_EVERY_MS);
  }
  return { pid: child.pid ?? 0, kill: () => end("SIGKILL"), stop: () => end("SIGTERM") };
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
