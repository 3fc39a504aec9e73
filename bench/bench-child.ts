import { fork } from "node:child_process";
import { once } from "node:events";

type Question = { id: number; ask: string; input?: unknown };
type Reply = { id: number; value: unknown };

export type BenchChild<Ready> = {
  ready: Ready;
  pid: number;
  ask<T>(question: string, input?: unknown): Promise<T>;
  stop(): Promise<void>;
};

const STOP_GRACE_MS = 5_000;

/** Starts a file as a process of its own, so that its CPU and its event loop are nobody else's. */
export async function startChild<Ready>(
  file: URL,
  env: Record<string, string | undefined>,
): Promise<BenchChild<Ready>> {
  const child = fork(file, [], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const waiting = new Map<number, (value: unknown) => void>();
  let asked = 0;
  const ready = await new Promise<Ready>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`${file.pathname} ended (${code}) before it was ready`)));
    child.once("message", (message) => resolve(message as Ready));
  });
  child.on("message", (message) => {
    const { id, value } = message as Reply;
    waiting.get(id)?.(value);
    waiting.delete(id);
  });
  return {
    ready,
    pid: child.pid ?? 0,
    ask: <T>(ask: string, input?: unknown) =>
      new Promise<T>((resolve) => {
        asked += 1;
        waiting.set(asked, (value) => resolve(value as T));
        child.send({ id: asked, ask, input } satisfies Question);
      }),
    stop: async () => {
      if (child.exitCode !== null) return;
      const exited = once(child, "exit");
      const limit = setTimeout(() => child.kill("SIGKILL"), STOP_GRACE_MS);
      child.disconnect();
      await exited;
      clearTimeout(limit);
    },
  };
}

/**
 * The other side: says that it is ready, answers questions, and ends with its parent; `close` first, since
 * native threads that are cut off in mid-work take the process down hard.
 */
export function answerParent(
  ready: unknown,
  answers: Record<string, (input: never) => unknown>,
  close: () => Promise<void> = async () => undefined,
): void {
  process.on("message", async (message) => {
    const { id, ask, input } = message as Question;
    process.send?.({ id, value: await answers[ask]?.(input as never) } satisfies Reply);
  });
  process.on("disconnect", () => void close().finally(() => process.exit(0)));
  process.send?.(ready);
}
