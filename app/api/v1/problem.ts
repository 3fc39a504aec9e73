import { isAppError } from "#/lib/kernel/app-error.ts";
import { webLog } from "#/lib/web/web-log.ts";

const TITLES: Record<number, string> = {
  401: "A valid API key is needed",
  403: "The key does not allow this",
  404: "Not found",
  409: "Conflict",
  413: "Too large",
  415: "Not a kind that can be read",
  422: "The request is not valid",
  429: "Too many requests",
  503: "Not available now",
};
const RETRY_AFTER_SECONDS = "60";

/** What went wrong, as RFC 9457 has it: `code` is for programs, `detail` for people. */
export function problem(status: number, code: string, detail: string): Response {
  const headers = new Headers({ "content-type": "application/problem+json" });
  if (status === 401) headers.set("www-authenticate", "Bearer");
  if (status === 429 || status === 503) headers.set("retry-after", RETRY_AFTER_SECONDS);
  const body = { type: "about:blank", title: TITLES[status] ?? "It failed", status, code, detail };
  return new Response(JSON.stringify(body), { status, headers });
}

export function problemOf(error: unknown): Response {
  if (isAppError(error)) return problem(error.status, error.code, inOneLine(error.message));
  webLog.error({ err: error }, "api request failed");
  return problem(500, "internal", "This failed on our side. Nothing was changed; try again.");
}

/** Reasons for several fields come as a list for terminals: "title: expected a string; content: …". */
function inOneLine(message: string): string {
  return message
    .replaceAll(/✖ (.*)\n\s*→ at (\S+)/g, "$2: $1")
    .replaceAll("✖ ", "")
    .replaceAll("\n", "; ");
}
