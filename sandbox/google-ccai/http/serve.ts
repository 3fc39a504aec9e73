import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { errorBody, GoogleError, OAuthError } from "../google-error.ts";
import type { Project } from "../project.ts";
import type { ApiReply, ApiRequest, Endpoint } from "./endpoint.ts";

const MAX_BODY_BYTES = 12_000_000;

type Options = {
  project: Project;
  endpoints: readonly Endpoint[];
  controlToken: string | undefined;
  onError(error: unknown): void;
};

/** Answers one request: faults first, then the endpoint; refusals in Google's own forms. */
export function serve(options: Options) {
  const run = async (raw: IncomingMessage, response: ServerResponse) => {
    const gone = new AbortController();
    response.on("close", () => gone.abort());
    const url = new URL(raw.url ?? "/", "http://sandbox");
    const reply = await attempt(() => answer(raw, url, gone.signal, options), options);
    if (reply === "hang-up") response.destroy();
    else if (reply !== "never") send(response, reply);
  };
  return (raw: IncomingMessage, response: ServerResponse): void => {
    void run(raw, response).catch((error: unknown) => {
      options.onError(error);
      response.destroy();
    });
  };
}

type Answered = ApiReply | "never" | "hang-up";

async function attempt(run: () => Promise<Answered>, { onError }: Options): Promise<Answered> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof GoogleError) return { status: error.status, body: errorBody(error) };
    if (error instanceof OAuthError)
      return { status: error.status, body: { error: error.code, error_description: error.message } };
    onError(error);
    return { status: 500, body: errorBody(new GoogleError(500, "INTERNAL", "The sandbox failed.")) };
  }
}

async function answer(
  raw: IncomingMessage,
  url: URL,
  gone: AbortSignal,
  { project, endpoints, controlToken }: Options,
): Promise<Answered> {
  const body = await readBody(raw);
  const isOwn = /^\/(_control|desk)(\/|$)/.test(url.pathname);
  const struck = isOwn ? undefined : await project.faults.strike(raw.method ?? "GET", url.pathname);
  if (struck) return struck;
  for (const one of endpoints) {
    const match = one.method === raw.method ? one.path.exec(url.pathname) : null;
    if (!match) continue;
    guard(one, raw, controlToken);
    const params = Object.fromEntries(
      Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]),
    );
    const request: ApiRequest = { raw, url, params, body, gone };
    return await one.answer(request);
  }
  throw new GoogleError(404, "NOT_FOUND", "The requested URL was not found on this server.");
}

function guard({ access }: Endpoint, { headers }: IncomingMessage, controlToken: string | undefined): void {
  if (access === "control" && controlToken && !same(headers.authorization ?? "", `Bearer ${controlToken}`))
    throw new GoogleError(401, "UNAUTHENTICATED", "Only the sandbox's token steers the project.");
  // A header that no foreign page can send without a preflight, which this server refuses.
  if (access === "desk" && headers["x-sandbox-desk"] !== "1")
    throw new GoogleError(403, "PERMISSION_DENIED", "Only the sandbox's own desk may ask for this.");
}

function same(one: string, other: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

async function readBody(raw: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of raw) {
    size += part.length;
    if (size > MAX_BODY_BYTES)
      throw new GoogleError(413, "INVALID_ARGUMENT", "Request payload size exceeds the limit.");
    parts.push(part);
  }
  const text = Buffer.concat(parts).toString("utf8");
  if (text === "") return undefined;
  if (raw.headers["content-type"]?.startsWith("application/x-www-form-urlencoded"))
    return new URLSearchParams(text);
  try {
    return JSON.parse(text);
  } catch {
    throw new GoogleError(400, "INVALID_ARGUMENT", "Invalid JSON payload received.");
  }
}

function send(response: ServerResponse, { status = 200, body, headers }: ApiReply): void {
  const text = typeof body === "string" ? body : body === undefined ? "" : JSON.stringify(body);
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers }).end(text);
}
