import type { QuotaReport } from "../../platform-access.ts";
import type { Answer } from "./exchange.ts";

const BACKOFF_MS = 500;
/** Longer than any window that the platform is known to have; what asks for more is answered to the caller instead. */
const LONGEST_WAIT_MS = 120_000;

/** What the answer says of the limit (contract section 7). */
export function quotaOf({ status, headers }: Pick<Answer, "status" | "headers">): QuotaReport {
  const allowed = numberIn(headers, "inin-ratelimit-allowed");
  const used = numberIn(headers, "inin-ratelimit-count");
  const reset = numberIn(headers, "inin-ratelimit-reset");
  return {
    refused: status === 429,
    ...(allowed !== undefined && { allowed }),
    ...(used !== undefined && { used }),
    ...(reset !== undefined && { resetMs: reset * 1_000 }),
  };
}

/** `Retry-After`, else the end of the window and a second more, else longer and longer with some chance in it. */
export function waitMs(answer: Pick<Answer, "headers"> | undefined, attempt: number): number {
  const after = answer && numberIn(answer.headers, "retry-after");
  if (after !== undefined) return Math.min(after * 1_000, LONGEST_WAIT_MS);
  const reset = answer && numberIn(answer.headers, "inin-ratelimit-reset");
  if (reset !== undefined) return Math.min((reset + 1) * 1_000, LONGEST_WAIT_MS);
  const longest = BACKOFF_MS * 2 ** attempt;
  return longest / 2 + (Math.random() * longest) / 2;
}

function numberIn(headers: Headers, name: string): number | undefined {
  const value = headers.get(name);
  const number = value === null || value.trim() === "" ? Number.NaN : Number(value);
  return Number.isFinite(number) && number >= 0 ? number : undefined;
}
