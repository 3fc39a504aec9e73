import { type Transferable, Worker } from "node:worker_threads";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { Mortal } from "./supervisor.ts";

/** What a thread says: once that it is ready, then one answer for each question. */
export type ThreadReply<A> = { ready: true } | { failure: string } | { id: number; answer: A };

export type ThreadClient<Q, A> = Mortal & {
  ask(question: Q, transfer?: readonly Transferable[]): Promise<A>;
  tell(message: unknown): void;
};

/** Starts the TypeScript module at `entry` as a thread and waits until it says that it is ready. */
export async function startThread<Q, A>(entry: URL, workerData: unknown): Promise<ThreadClient<Q, A>> {
  const worker = new Worker(entry, { workerData });
  const pending = new Map<number, (answer: A) => void>();
  const ready = Promise.withResolvers<void>();
  const exited = new Promise<void>((resolve) => {
    worker.once("exit", () => {
      ready.reject(new AppError("upstream_unavailable", "The speech recognizer's thread ended early."));
      resolve();
    });
  });
  let nextId = 1;

  worker.on("error", (cause) => {
    ready.reject(new AppError("upstream_unavailable", "The speech recognizer's thread failed.", { cause }));
  });
  worker.on("message", (reply: ThreadReply<A>) => {
    if ("ready" in reply) ready.resolve();
    else if ("failure" in reply) ready.reject(new AppError("upstream_unavailable", reply.failure));
    else {
      pending.get(reply.id)?.(reply.answer);
      pending.delete(reply.id);
    }
  });

  const close = () => void worker.terminate();
  try {
    await ready.promise;
  } catch (error) {
    close();
    throw error;
  }
  return {
    exited,
    close,
    ask(question, transfer = []) {
      const id = nextId++;
      const answer = new Promise<A>((resolve) => pending.set(id, resolve));
      worker.postMessage({ id, question }, transfer);
      return answer;
    },
    tell: (message) => worker.postMessage({ message }),
  };
}
