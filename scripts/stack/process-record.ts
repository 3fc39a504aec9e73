import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

type ProcessRecord = { pid: number; identity: string };

const POLL_MS = 100;

/**
 * A pid alone may belong to somebody else by now; with the boot's id and the start time it is one
 * process for good. Undefined when it has ended.
 */
function identityOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (fields[0] === "Z") return undefined;
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot}:${fields[19]}`;
  } catch {
    return undefined;
  }
}

export function recordProcess(folder: string, name: string, pid: number): void {
  mkdirSync(folder, { recursive: true });
  const record: ProcessRecord = { pid, identity: identityOf(pid) ?? "" };
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(record));
}

export function forgetProcess(folder: string, name: string): void {
  rmSync(join(folder, `${name}.json`), { force: true });
}

/** The pid that was recorded under this name, when that very process still runs. */
export function livingProcess(folder: string, name: string): number | undefined {
  try {
    const record: ProcessRecord = JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8"));
    return identityOf(record.pid) === record.identity ? record.pid : undefined;
  } catch {
    return undefined;
  }
}

/** Ends what a killed supervisor left behind; returns how many there were. */
export async function stopLeftovers(folder: string, graceMs = 8_000): Promise<number> {
  const names = recordedNames(folder);
  const living = names.filter((name) => livingProcess(folder, name));
  signalAll(folder, living, "SIGTERM");
  // Postgres waits for its clients on SIGTERM; SIGINT has it close their connections.
  signalAll(
    folder,
    living.filter((name) => name === "postgres"),
    "SIGINT",
  );
  const deadline = Date.now() + graceMs;
  while (living.some((name) => livingProcess(folder, name)) && Date.now() < deadline) await sleep(POLL_MS);
  signalAll(folder, living, "SIGKILL");
  while (living.some((name) => livingProcess(folder, name))) await sleep(POLL_MS);
  for (const name of names) forgetProcess(folder, name);
  return living.length;
}

function recordedNames(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((file) => file.endsWith(".json"))
      .map((file) => file.slice(0, -".json".length));
  } catch {
    return [];
  }
}

function signalAll(folder: string, names: readonly string[], signal: NodeJS.Signals): void {
  for (const name of names) {
    const pid = livingProcess(folder, name);
    if (pid) signalGroup(pid, signal);
  }
}

/** Signals a process and what it started: each of ours leads a group of its own. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended between the look and the call.
  }
}
