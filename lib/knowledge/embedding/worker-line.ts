import { Worker } from "node:worker_threads";
import type { EmbeddingReply, EmbeddingRequest } from "./embedding-worker.ts";

/** One worker thread and one question at a time; any failure leaves the line unusable. */
export type WorkerLine = {
  ask(texts: string[], timeoutMs: number): Promise<Float32Array[]>;
  close(): Promise<void>;
};

export async function createWorkerLine(
  url: URL,
  dimensions: number,
  startTimeoutMs: number,
): Promise<WorkerLine> {
  // An inherited --input-type or loader flag would stop the thread from starting.
  const worker = new Worker(url, { execArgv: [] });
  worker.unref();
  let nextId = 0;
  let ended = false;
  // Between two questions nobody listens, and an unheard "error" would end the process.
  worker.on("error", () => {
    ended = true;
  });
  worker.on("exit", () => {
    ended = true;
  });

  const reply = async (timeoutMs: number, wanted: (reply: EmbeddingReply) => boolean) => {
    const answer = await waitForReply(worker, timeoutMs, wanted);
    if (answer.kind === "failed") throw new Error(answer.message);
    return answer;
  };

  try {
    await reply(startTimeoutMs, ({ kind }) => kind === "ready");
  } catch (error) {
    await worker.terminate();
    throw error;
  }

  return {
    async ask(texts, timeoutMs) {
      if (ended) throw new Error("The embedding thread ended.");
      const id = nextId++;
      worker.postMessage({ id, texts } satisfies EmbeddingRequest);
      const answer = await reply(timeoutMs, (candidate) => candidate.kind !== "ready" && candidate.id === id);
      if (answer.kind !== "vectors") throw new Error("The embedding thread answered out of turn.");
      return texts.map((_, i) => answer.flat.slice(i * dimensions, (i + 1) * dimensions));
    },
    async close() {
      await worker.terminate();
    },
  };
}

function waitForReply(worker: Worker, timeoutMs: number, wanted: (reply: EmbeddingReply) => boolean) {
  return new Promise<EmbeddingReply>((resolve, reject) => {
    const timer = setTimeout(() => fail(new Error("The embedding thread took too long.")), timeoutMs);
    const settle = () => {
      clearTimeout(timer);
      worker.off("message", onMessage).off("error", fail).off("exit", onExit);
    };
    const fail = (error: unknown) => {
      settle();
      reject(error);
    };
    const onExit = () => fail(new Error("The embedding thread ended."));
    const onMessage = (message: EmbeddingReply) => {
      if (!wanted(message)) return;
      settle();
      resolve(message);
    };
    worker.on("message", onMessage).on("error", fail).on("exit", onExit);
  });
}
