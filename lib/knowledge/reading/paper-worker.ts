import { parentPort, workerData } from "node:worker_threads";
import { isAppError } from "#/lib/kernel/app-error.ts";
import type { ReadDocument } from "./read-document.ts";
import { readDocx } from "./read-docx.ts";
import { readPdf } from "./read-pdf.ts";

export type PaperRequest = { kind: "pdf" | "docx"; content: Uint8Array; name: string };
export type PaperReply =
  | { outcome: "read"; document: ReadDocument }
  /** What the reader refuses, in words for people. */
  | { outcome: "refused"; code: "invalid_input" | "too_large"; message: string }
  | { outcome: "failed"; message: string };

async function read({ kind, content, name }: PaperRequest): Promise<PaperReply> {
  try {
    const document = kind === "pdf" ? await readPdf(content, name) : await readDocx(content, name);
    return { outcome: "read", document };
  } catch (error) {
    if (!isAppError(error)) return { outcome: "failed", message: String(error) };
    const code = error.code === "too_large" ? "too_large" : "invalid_input";
    return { outcome: "refused", code, message: error.message };
  }
}

parentPort?.postMessage(await read(workerData as PaperRequest));
