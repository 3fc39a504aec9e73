import * as z from "zod";
import { AppError, isAppError } from "#/lib/kernel/app-error.ts";
import type { PlatformAccess } from "../../platform-access.ts";

const TIMEOUT_MS = 15_000;
const ATTEMPTS = 3;
const AGAIN_MS = 500;
const LONGEST_SENTENCE = 300;
const LONGEST_ANSWER = 2_000_000;

export type Call = {
  url: string;
  method: "GET" | "POST";
  headers: Record<string, string>;
  body?: string;
  signal?: AbortSignal | undefined;
};

/** Login errors are `{error, error_description}`, those of the API a list of `{errorCode, message}`. */
const loginError = z.object({ error: z.string(), error_description: z.string().optional() });
const apiErrors = z
  .array(z.object({ errorCode: z.string().optional(), message: z.string().optional() }))
  .min(1);

/**
 * One exchange with the org; all of ours are reads or tokens, so that trouble on the way is tried again. Throws
 * `upstream_rejected`, `rate_limited` or `upstream_unavailable` with `status` and the platform's `code`.
 */
export async function exchange<S extends z.ZodType>(
  access: PlatformAccess,
  call: Call,
  schema: S,
): Promise<z.output<S>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(access, call, schema);
    } catch (error) {
      if (!isAppError(error) || !error.retryable || attempt === ATTEMPTS) throw error;
      await access.wait(AGAIN_MS * 2 ** attempt, call.signal);
    }
  }
}

async function once<S extends z.ZodType>(access: PlatformAccess, call: Call, schema: S) {
  const { url, method, headers, body, signal } = call;
  const { host, pathname } = new URL(url);
  const limit = AbortSignal.timeout(TIMEOUT_MS);
  let answer: { status: number; text: string };
  try {
    const response = await access.fetch(url, {
      method,
      headers: { accept: "application/json", ...headers },
      ...(body !== undefined && { body }),
      redirect: "error",
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
    answer = { status: response.status, text: (await response.text()).slice(0, LONGEST_ANSWER) };
  } catch (cause) {
    signal?.throwIfAborted();
    if (isAppError(cause)) throw cause;
    const why = limit.aborted ? "did not answer in time" : "cannot be reached";
    throw new AppError("upstream_unavailable", `${host} ${why}.`, { cause, context: { host } });
  }
  access.quota({ refused: answer.status === 429 });
  if (answer.status >= 300) throw failureOf({ host, pathname, ...answer });
  const read = schema.safeParse(jsonOf(answer.text));
  if (read.success) return read.data as z.output<S>;
  throw new AppError("upstream_rejected", `${host} answered something else than expected.`, {
    context: { code: "unknown.shape", call: `${method} ${pathname}` },
  });
}

type Refused = { host: string; pathname: string; status: number; text: string };

function failureOf({ host, pathname, status, text }: Refused): AppError {
  const body = jsonOf(text);
  const login = loginError.safeParse(body);
  const api = apiErrors.safeParse(body);
  const code = login.data?.error ?? api.data?.[0]?.errorCode ?? "";
  const said = login.data?.error_description ?? api.data?.[0]?.message ?? code;
  const limited = status === 429 || code === "REQUEST_LIMIT_EXCEEDED";
  const kind = limited ? "rate_limited" : status >= 500 ? "upstream_unavailable" : "upstream_rejected";
  const sentence = said
    ? `${host} answered ${status}: ${said.slice(0, LONGEST_SENTENCE)}`
    : `${host} answered ${status}.`;
  return new AppError(kind, sentence, { context: { status: String(status), call: pathname, code } });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
