import { AppError, isAppError } from "#/lib/kernel/app-error.ts";
import type { PlatformAccess } from "../../platform-access.ts";
import { failureOf } from "./failure.ts";
import { quotaOf, waitMs } from "./rate-limit.ts";

const ATTEMPTS = 3;
const ATTEMPT_TIMEOUT_MS = 15_000;
const GATEWAY_TROUBLE = new Set([502, 503, 504]);

export type Call = {
  url: string;
  init: Omit<RequestInit, "signal">;
  /** Doing it twice is the same as doing it once, so it may be tried again when nobody knows what became of it. */
  idempotent: boolean;
  /** All tries together; 1 never tries again. */
  attempts?: number | undefined;
  signal?: AbortSignal | undefined;
};

export type Answer = { status: number; headers: Headers; text: string };

/**
 * One exchange with the platform under its rate limit (contract section 7): a 429 is tried again after the time
 * that it names, trouble on the way only where that is harmless. Answers 2xx only and throws
 * `rate_limited`, `upstream_rejected` or `upstream_unavailable` else; the caller's abort rises as it is.
 */
export async function exchange(access: PlatformAccess, call: Call): Promise<Answer> {
  const attempts = call.attempts ?? ATTEMPTS;
  for (let attempt = 1; ; attempt += 1) {
    const answer = await once(access, call);
    if (!(answer instanceof AppError) && answer.status < 300) return answer;
    if (attempt >= attempts || !mayRepeat(call, answer)) {
      throw answer instanceof AppError ? answer : failureOf(call, answer);
    }
    await access.wait(waitMs(answer instanceof AppError ? undefined : answer, attempt), call.signal);
  }
}

function mayRepeat({ idempotent }: Call, answer: Answer | AppError): boolean {
  if (answer instanceof AppError) return idempotent;
  // A refused request was not carried out, whatever its method.
  return answer.status === 429 || (idempotent && GATEWAY_TROUBLE.has(answer.status));
}

/** No answer at all comes back as a value, so that the loop above decides about it too. */
async function once(access: PlatformAccess, { url, init, signal }: Call): Promise<Answer | AppError> {
  signal?.throwIfAborted();
  const limit = AbortSignal.timeout(ATTEMPT_TIMEOUT_MS);
  try {
    const response = await access.fetch(url, {
      ...init,
      redirect: "error",
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
    const answer = { status: response.status, headers: response.headers, text: await response.text() };
    access.quota(quotaOf(answer));
    return answer;
  } catch (cause) {
    signal?.throwIfAborted();
    // The guard of outbound addresses has a sentence of its own.
    if (isAppError(cause)) throw cause;
    const { host } = new URL(url);
    const why = limit.aborted ? "did not answer in time" : "cannot be reached";
    return new AppError("upstream_unavailable", `${host} ${why}.`, { cause, context: { host } });
  }
}
