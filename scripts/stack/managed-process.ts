import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { type LogView, readEntry } from "./log-view.ts";
import { forgetProcess, recordProcess, signalGroup } from "./process-record.ts";
import { SetupError } from "./report.ts";
import type { Env } from "./settings.ts";

export type ProcessPlan = {
  name: string;
  command: string;
  args: readonly string[];
  argv0?: string;
  env: Env;
  /** Done before each start, restarts included. */
  before?: () => Promise<void>;
  ready: () => Promise<boolean>;
  stopSignal?: NodeJS.Signals;
};

export type ManagedProcess = {
  name: string;
  /** Resolves when the process answers; rejects when it keeps ending before it does. */
  ready: Promise<void>;
  stop(graceMs: number): Promise<void>;
};

type Surroundings = { runDir: string; cwd: string; logs: LogView };

const READY_POLL_MS = 150;
const READY_TIMEOUT_MS = 90_000;
const FIRST_BACKOFF_MS = 500;
const MAX_BACKOFF_MS = 30_000;
/** A process that ran this long had started well; its next restart is quick again. */
const SETTLED_MS = 60_000;
/** Enough for a Postgres that refuses a restart while its killed predecessor's backends end. */
const MAX_FAILED_STARTS = 5;
const LAST_LINES = 20;

/** Starts a process, and starts it again with growing pauses whenever it ends, until it is stopped. */
export function keepRunning(plan: ProcessPlan, around: Surroundings): ManagedProcess {
  const stopping = new AbortController();
  let child: ChildProcess | undefined;
  let failedStarts = 0;
  let isReady = false;
  const lastLines: string[] = [];

  const runOnce = async (): Promise<string> => {
    await plan.before?.();
    child = spawn(plan.command, plan.args, {
      cwd: around.cwd,
      env: plan.env as NodeJS.ProcessEnv,
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own: Ctrl-C reaches the supervisor alone, which then stops things in order.
      detached: true,
      ...(plan.argv0 ? { argv0: plan.argv0 } : {}),
    });
    if (child.pid) recordProcess(around.runDir, plan.name, child.pid);
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on("line", (line) => {
        lastLines.push(line);
        if (lastLines.length > LAST_LINES) lastLines.shift();
        around.logs.write(plan.name, line);
      });
    }
    return ending(child);
  };

  const run = async (): Promise<void> => {
    let backoff = FIRST_BACKOFF_MS;
    while (!stopping.signal.aborted) {
      const started = Date.now();
      const how = await runOnce();
      child = undefined;
      forgetProcess(around.runDir, plan.name);
      if (stopping.signal.aborted) return;
      if (!isReady && ++failedStarts >= MAX_FAILED_STARTS) return;
      backoff = Date.now() - started > SETTLED_MS ? FIRST_BACKOFF_MS : backoff;
      // A first refused start is ordinary for Postgres after a kill; only what ran and died is news.
      if (isReady) around.logs.write(plan.name, warning(`ended (${how}); starting again in ${backoff} ms`));
      await sleep(backoff, undefined, { signal: stopping.signal }).catch(() => {});
      backoff = Math.min(backoff * 2, MAX_BACKOFF_MS);
    }
  };

  const becomeReady = async (): Promise<void> => {
    const deadline = Date.now() + READY_TIMEOUT_MS;
    while (!stopping.signal.aborted) {
      if (await plan.ready().catch(() => false)) {
        isReady = true;
        return;
      }
      if (failedStarts >= MAX_FAILED_STARTS)
        throw neverReady(plan.name, "ended each time it was started", lastLines);
      if (Date.now() > deadline) throw neverReady(plan.name, "did not become ready in time", lastLines);
      await sleep(READY_POLL_MS);
    }
  };

  const running = run();
  return {
    name: plan.name,
    ready: becomeReady(),
    async stop(graceMs) {
      stopping.abort();
      const { pid } = child ?? {};
      if (!pid) return;
      child?.kill(plan.stopSignal ?? "SIGTERM");
      const limit = setTimeout(() => signalGroup(pid, "SIGKILL"), graceMs);
      await running;
      clearTimeout(limit);
      // What it started itself ends with it.
      signalGroup(pid, "SIGKILL");
    },
  };
}

function ending(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("close", (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
}

function warning(msg: string): string {
  return JSON.stringify({ level: 40, time: new Date().toISOString(), msg });
}

function neverReady(name: string, what: string, lastLines: readonly string[]): SetupError {
  const said = lastWords(lastLines);
  return new SetupError(
    `${name} ${what}.${said ? ` It said: ${said}` : ""} See logs/${name}.log in the data folder.`,
  );
}

/** A crash ends with a stack and Node's version; the line that says why stands above them. */
function lastWords(lines: readonly string[]): string {
  const messages = lines.map((line) => readEntry(line).msg);
  return messages.findLast((message) => /error|could not/i.test(message)) ?? messages.at(-1) ?? "";
}
