import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type * as z from "zod";
import { readBody } from "../../http/router.ts";
import { SandboxError } from "../../sandbox-error.ts";

const MAX_BODY_BYTES = 1_000_000;

export type Ask = { url: URL; raw: IncomingMessage; params: Record<string, string>; text: string };
export type Answer = { status?: number; body?: unknown; type?: string; headers?: Record<string, string> };
/** A stream answers by itself. */
export type Endpoint = {
  method: string;
  path: RegExp;
  /** `control` wants the sandbox's token, `console` a header that no foreign page can send. */
  access: "public" | "control" | "console";
  answer?: (ask: Ask) => Answer | Promise<Answer>;
  stream?: (ask: Ask, response: ServerResponse) => void;
};

/** `GET /a/:id` as an endpoint. */
export function endpoint(route: string, access: Endpoint["access"], answer: Endpoint["answer"]): Endpoint {
  const [method = "GET", path = ""] = route.split(" ");
  const source = path.replaceAll(".", "\\.").replace(/:(\w+)/g, "(?<$1>[^/]+)");
  return { method, path: new RegExp(`^${source}$`), access, answer };
}

export function bodyOf<S extends z.ZodType>(schema: S, { text }: Pick<Ask, "text">): z.output<S> {
  let json: unknown;
  try {
    json = JSON.parse(text || "{}");
  } catch (cause) {
    throw new SandboxError("The body is not JSON.", 400, { cause });
  }
  const read = schema.safeParse(json);
  if (read.success) return read.data;
  throw new SandboxError(`The body is wrong: ${read.error.issues[0]?.message}`, 400);
}

type Options = {
  endpoints: readonly Endpoint[];
  controlToken?: string | undefined;
  onError(error: unknown): void;
};

export function serve({ endpoints, controlToken, onError }: Options) {
  const run = async (raw: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(raw.url ?? "/", "http://sandbox");
    const matches = endpoints.flatMap((one) => {
      const match = one.path.exec(url.pathname);
      return match ? [{ one, params: { ...match.groups } as Record<string, string> }] : [];
    });
    const found = matches.find(({ one }) => one.method === raw.method);
    if (!found) throw new SandboxError("There is nothing at this address.", matches.length > 0 ? 405 : 404);
    guard(found.one, raw, controlToken);
    const text = (await readBody(raw, MAX_BODY_BYTES)).toString("utf8");
    const ask = { url, raw, params: found.params, text };
    if (found.one.stream) return found.one.stream(ask, response);
    send(response, (await found.one.answer?.(ask)) ?? {});
  };
  return (raw: IncomingMessage, response: ServerResponse): void => {
    run(raw, response).catch((error: unknown) => {
      if (!(error instanceof SandboxError)) onError(error);
      const [status, message] =
        error instanceof SandboxError ? [error.status, error.message] : [500, "It failed."];
      send(response, { status, body: [{ errorCode: "SANDBOX", message }] });
    });
  };
}

function guard({ access }: Endpoint, { headers }: IncomingMessage, controlToken: string | undefined): void {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  const given = digest(headers.authorization ?? "");
  if (access === "control" && controlToken && !timingSafeEqual(given, digest(`Bearer ${controlToken}`)))
    throw new SandboxError("Only the sandbox's token steers the org.", 401);
  if (access === "console" && headers["x-sandbox-console"] !== "1")
    throw new SandboxError("Only the org's own pages may ask for this.", 403);
}

function send(response: ServerResponse, { status = 200, body, type, headers }: Answer): void {
  if (response.headersSent) return void response.end();
  response.writeHead(status, {
    "cache-control": "no-store",
    "content-type": type ?? "application/json; charset=utf-8",
    ...headers,
  });
  response.end(type ? body : JSON.stringify(body ?? null));
}
