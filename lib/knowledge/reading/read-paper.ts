import { Worker } from "node:worker_threads";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { PaperReply, PaperRequest } from "./paper-worker.ts";
import type { ReadDocument } from "./read-document.ts";

const MOST_HEAP_MB = 512;

export type PaperLimits = {
  timeoutMs?: number;
  /** By how much the process may grow while a file is read. */
  mostGrowthBytes?: number;
  /** Tests put a thread here that misbehaves. */
  worker?: URL;
};

const WATCH_INTERVAL_MS = 200;

/**
 * Reads a PDF or Word file in a thread of its own, which is ended when it takes too long or too much memory:
 * a hostile file harms nobody but itself. Throws a sentence that says what is wrong with the file.
 */
export async function readPaper(request: PaperRequest, limits: PaperLimits = {}): Promise<ReadDocument> {
  const {
    timeoutMs = 60_000,
    mostGrowthBytes = 1_200_000_000,
    worker = new URL("./paper-worker.ts", import.meta.url),
  } = limits;
  const reply = await inThread(worker, request, { timeoutMs, mostGrowthBytes });
  if (reply.outcome === "read") return reply.document;
  if (reply.outcome === "refused") throw new AppError(reply.code, reply.message);
  throw new AppError(
    "invalid_input",
    `The ${NAMES[request.kind]} is damaged or of a form that cannot be read.`,
    {
      cause: new Error(reply.message),
    },
  );
}

const NAMES: Record<PaperRequest["kind"], string> = { pdf: "PDF", docx: "Word document" };

function inThread(
  url: URL,
  request: PaperRequest,
  { timeoutMs, mostGrowthBytes }: { timeoutMs: number; mostGrowthBytes: number },
): Promise<PaperReply> {
  // An inherited --input-type or loader flag would stop the thread from starting.
  const thread = new Worker(url, {
    execArgv: [],
    workerData: request,
    resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB },
  });
  const before = process.memoryUsage.rss();
  return new Promise<PaperReply>((resolve, reject) => {
    const tooMuch = () => reject(new AppError("too_large", TOO_MUCH));
    const slow = setTimeout(() => reject(new AppError("too_large", TOO_SLOW)), timeoutMs);
    // Buffers are no part of a thread's heap, so its own limit does not see them.
    const watch = setInterval(() => {
      if (process.memoryUsage.rss() - before > mostGrowthBytes) tooMuch();
    }, WATCH_INTERVAL_MS);
    thread.on("message", resolve);
    thread.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ERR_WORKER_OUT_OF_MEMORY") tooMuch();
      else resolve({ outcome: "failed", message: String(error) });
    });
    thread.on("exit", () => {
      clearTimeout(slow);
      clearInterval(watch);
      resolve({ outcome: "failed", message: "The thread ended without an answer." });
    });
  }).finally(() => thread.terminate());
}

const TOO_MUCH = "The file takes more memory than any document needs. Split it, or export it again.";
const TOO_SLOW = "The file could not be read within a minute. Split it into smaller documents.";
