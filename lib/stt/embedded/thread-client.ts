import { Worker } from "node:worker_threads";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { Mortal } from "./supervisor.ts";

/** What a thread is told. */
export type ThreadMessage<Q> =
  | { kind: "question"; id: number; question: Q }
  | { kind: "news"; news: unknown }
  | { kind: "leave" };

/** What a thread says: once that it is ready, then one answer for each question. */
export type ThreadReply<A> = { ready: true } | { id: number; answer: A };

export type ThreadClient<Q, A> = Mortal & {
  ask(question: Q): Promise<A>;
  tell(news: unknown): void;
};

/** A thread that has not left by then hangs; it is left alone and no longer keeps the process alive. */
const LEAVE_MS = 10_000;

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

  const send = (message: ThreadMessage<Q>) => worker.postMessage(message);
  worker.on("error", (cause) => {
    ready.reject(new AppError("upstream_unavailable", "The speech recognizer's thread failed.", { cause }));
  });
  worker.on("message", (reply: ThreadReply<A>) => {
    if ("ready" in reply) ready.resolve();
    else {
      pending.get(reply.id)?.(reply.answer);
      pending.delete(reply.id);
    }
  });

  await ready.promise;
  return {
    exited,
    close() {
      send({ kind: "leave" });
      const timer = setTimeout(() => worker.unref(), LEAVE_MS);
      void exited.then(() => clearTimeout(timer));
    },
    ask(question) {
      const id = nextId++;
      const answer = new Promise<A>((resolve) => pending.set(id, resolve));
      send({ kind: "question", id, question });
      return answer;
    },
    tell: (news) => send({ kind: "news", news }),
  };
}
