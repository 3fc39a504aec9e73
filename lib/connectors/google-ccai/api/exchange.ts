import * as z from "zod";
import { AppError, type ErrorCode, isAppError } from "#/lib/kernel/app-error.ts";
import type { PlatformAccess } from "../../platform-access.ts";

const ATTEMPTS = 3;
const TIMEOUT_MS = 15_000;
const LONGEST_SENTENCE = 300;
const TROUBLE = new Set([500, 502, 503, 504]);

export type Call = {
  url: string;
  init: Omit<RequestInit, "signal">;
  /** Doing it twice is the same as doing it once. */
  idempotent: boolean;
  attempts?: number | undefined;
  signal?: AbortSignal | undefined;
  timeoutMs?: number | undefined;
};

/**
 * One exchange with Google: answers the text of a 2xx, and throws `rate_limited`, `upstream_rejected` or
 * `upstream_unavailable` else, with `status` and what Google says is missing in the context.
 */
export async function exchange(access: PlatformAccess, call: Call): Promise<string> {
  const attempts = call.attempts ?? ATTEMPTS;
  for (let attempt = 1; ; attempt += 1) {
    const answer = await once(access, call);
    if (typeof answer === "string") return answer;
    if (attempt >= attempts || !mayRepeat(call, answer)) throw answer;
    await access.wait(backoffMs(attempt), call.signal);
  }
}

/** With chance in it, so that many who were refused together do not come back together. */
const backoffMs = (attempt: number) => 250 * 2 ** attempt * (0.5 + Math.random());

function mayRepeat({ idempotent }: Call, error: AppError): boolean {
  if (error.code === "rate_limited") return true;
  const { status } = error.context;
  return idempotent && (status === undefined || TROUBLE.has(Number(status))) && error.retryable;
}

async function once(access: PlatformAccess, call: Call): Promise<string | AppError> {
  const { url, init, signal, timeoutMs = TIMEOUT_MS } = call;
  signal?.throwIfAborted();
  const limit = AbortSignal.timeout(timeoutMs);
  try {
    const response = await access.fetch(url, {
      ...init,
      redirect: "error",
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
    access.quota({ refused: response.status === 429 });
    const text = await response.text();
    return response.ok ? text : failureOf(call, response.status, text);
  } catch (cause) {
    signal?.throwIfAborted();
    if (isAppError(cause)) throw cause;
    const { host } = new URL(url);
    const why = limit.aborted ? "did not answer in time" : "cannot be reached";
    return new AppError("upstream_unavailable", `${host} ${why}.`, { cause, context: { host } });
  }
}

const detail = z.looseObject({
  reason: z.string().optional(),
  metadata: z.record(z.string(), z.string()).optional().catch(undefined),
});
/** The APIs' own form, and the token endpoint's (`error` is a word there). */
const failureBody = z.union([
  z.object({
    error: z.object({
      message: z.string().default(""),
      status: z.string().default(""),
      details: z.array(detail).optional().catch(undefined),
    }),
  }),
  z.object({ error: z.string(), error_description: z.string().optional() }),
]);

const PERMISSION = /\b[a-z]+\.[a-zA-Z]+\.[a-zA-Z]+\b/;

function failureOf({ url }: Call, status: number, text: string): AppError {
  const { host } = new URL(url);
  const said = saidIn(text);
  const words = said.message.slice(0, LONGEST_SENTENCE);
  const message = words ? `${host} answered ${status}: ${words}` : `${host} answered ${status}.`;
  return new AppError(kindOf(status), message, {
    context: {
      status: String(status),
      host,
      ...(said.code && { code: said.code }),
      ...(said.permission && { permission: said.permission }),
      ...(said.service && { service: said.service }),
    },
  });
}

type Said = { message: string; code?: string; permission?: string; service?: string };

function saidIn(text: string): Said {
  const { data } = failureBody.safeParse(jsonOf(text));
  if (!data) return { message: "" };
  if ("error_description" in data || typeof data.error === "string") {
    const { error, error_description: description } = data as { error: string; error_description?: string };
    return { message: description ? `${error}: ${description}` : error, code: error };
  }
  const { message, status, details = [] } = data.error;
  const info = details.find(({ reason }) => reason !== undefined);
  const permission = info?.metadata?.permission ?? PERMISSION.exec(message)?.[0];
  return {
    message,
    code: info?.reason ?? status,
    ...(permission && status === "PERMISSION_DENIED" && { permission }),
    ...(info?.metadata?.service && { service: info.metadata.service }),
  };
}

function kindOf(status: number): ErrorCode {
  if (status === 429) return "rate_limited";
  return status >= 500 ? "upstream_unavailable" : "upstream_rejected";
}

export function jsonOf(text: string): unknown {
  try {
    return text.trim() === "" ? {} : JSON.parse(text);
  } catch {
    return undefined;
  }
}
