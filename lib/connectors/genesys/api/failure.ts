import * as z from "zod";
import { AppError, type ErrorCode } from "#/lib/kernel/app-error.ts";
import type { Answer, Call } from "./exchange.ts";

/** The API's errors have `code` and `message` (contract section 3), the login's `error` (section 2.1). */
const errorBody = z
  .object({
    code: z.string().optional(),
    message: z.string().optional(),
    contextId: z.string().optional(),
    error: z.string().optional(),
    error_description: z.string().optional(),
    description: z.string().optional(),
  })
  .catch({});

const PERMISSION = /\b[a-z][a-zA-Z]*:[a-z][a-zA-Z*]*:[a-z][a-zA-Z*]*\b/g;
const LONGEST_SENTENCE = 300;

/**
 * Why the platform did not do it, in its own words. `context` has the HTTP `status`, the platform's `code`, its
 * `contextId` for their support, and the `permissions` that it names as missing.
 */
export function failureOf({ url, init }: Pick<Call, "url" | "init">, answer: Answer): AppError {
  const { status, headers, text } = answer;
  const body = errorBody.parse(jsonOf(text));
  const code = body.code ?? body.error;
  const contextId = body.contextId ?? headers.get("inin-correlation-id") ?? undefined;
  const permissions = status === 403 ? [...new Set(text.match(PERMISSION) ?? [])].join(", ") : "";
  const { host, pathname } = new URL(url);
  const said = body.message ?? body.error_description ?? body.description ?? code;
  return new AppError(kindOf(status), sentence(host, status, said), {
    context: {
      status: String(status),
      call: `${init.method ?? "GET"} ${pathname}`,
      ...(code && { code }),
      ...(contextId && { contextId }),
      ...(permissions && { permissions }),
    },
  });
}

function kindOf(status: number): ErrorCode {
  if (status === 429) return "rate_limited";
  return status >= 500 ? "upstream_unavailable" : "upstream_rejected";
}

function sentence(host: string, status: number, said: string | undefined): string {
  if (!said) return `${host} answered ${status}.`;
  return `${host} answered ${status}: ${said.slice(0, LONGEST_SENTENCE)}`;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
