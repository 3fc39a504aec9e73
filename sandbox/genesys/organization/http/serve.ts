import { createHash, randomUUID, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { ApiError, errorBody, OAuthError } from "../api-error.ts";
import type { World } from "../world.ts";
import type { ApiReply, ApiRequest, Endpoint } from "./endpoint.ts";

const MAX_BODY_BYTES = 5_000_000;

/** As the real one: any page may call the API, and may read how much of its budget is left. */
const CORS = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers":
    "inin-ratelimit-count, inin-ratelimit-allowed, inin-ratelimit-reset, retry-after, inin-correlation-id",
};
const PREFLIGHT = {
  ...CORS,
  "access-control-allow-methods": "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS",
  "access-control-allow-headers": "authorization, content-type, inin-correlation-id, inin-client-path",
  "access-control-max-age": "600",
};

type Options = {
  world: World;
  endpoints: readonly Endpoint[];
  controlToken?: string;
  onError(error: unknown): void;
};

/** Answers one request: faults first, then the endpoint, then the faults that lose an answer on its way. */
export function serve(options: Options) {
  const { world, onError } = options;
  const run = async (raw: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(raw.url ?? "/", world.url());
    const method = raw.method ?? "GET";
    const open = isOpen(url.pathname);
    if (method === "OPTIONS" && open) return send(response, { status: 204, headers: PREFLIGHT });
    const final = await answerTo({ raw, url, method }, options);
    if (final === "never") return;
    if (final === "hang-up") return void response.destroy();
    const correlationId = randomUUID();
    const reply = final instanceof ApiError ? refusal(final, correlationId) : final;
    const headers = { "inin-correlation-id": correlationId, ...(open && CORS), ...reply.headers };
    send(response, { ...reply, headers });
  };
  return (raw: IncomingMessage, response: ServerResponse): void => {
    void run(raw, response).catch((error: unknown) => {
      onError(error);
      response.destroy();
    });
  };
}

type Incoming = { raw: IncomingMessage; url: URL; method: string };
type Lost = "never" | "hang-up";

async function answerTo(incoming: Incoming, options: Options): Promise<ApiReply | ApiError | Lost> {
  const before = await strike(options.world, incoming, "before");
  if (before) return before;
  const served = await attempt(() => effect(incoming, options), options);
  return (await strike(options.world, incoming, "after")) ?? served;
}

/** What a fault makes of the answer, after the delay that it may bring; nothing when none strikes. */
async function strike(
  world: World,
  { method, url: { pathname } }: Incoming,
  when: "before" | "after",
): Promise<ApiError | Lost | undefined> {
  if (!isOpen(pathname)) return undefined;
  const { delayMs, error, answer } = world.faults.outcome(method, pathname, when);
  // real time, not the platform's clock: a stopped clock must not stop answers
  if (delayMs > 0) await delay(delayMs, undefined, { ref: false });
  return answer === "sent" ? error : answer;
}

async function effect(
  { raw, url, method }: Incoming,
  { endpoints, controlToken }: Options,
): Promise<ApiReply> {
  return await dispatch(await readRequest(raw, url, method), endpoints, controlToken);
}

const isOpen = (path: string) => path.startsWith("/api/v2/") || path === "/oauth/token";

async function attempt(
  answer: () => Promise<ApiReply>,
  { onError }: Pick<Options, "onError">,
): Promise<ApiReply | ApiError> {
  try {
    return await answer();
  } catch (error) {
    if (error instanceof ApiError) return error;
    if (error instanceof OAuthError) {
      const { status, code, message } = error;
      return { status, body: { error: code, description: message, error_description: message } };
    }
    onError(error);
    return new ApiError(500, "internal.server.error", "The sandbox failed.");
  }
}

function refusal(error: ApiError, correlationId: string): ApiReply {
  return { status: error.status, body: errorBody(error, correlationId), headers: error.details.headers };
}

async function dispatch(
  request: Omit<ApiRequest, "params">,
  endpoints: readonly Endpoint[],
  controlToken: string | undefined,
): Promise<ApiReply> {
  const matches = endpoints.flatMap((endpoint) => {
    const match = endpoint.path.exec(request.url.pathname);
    const params = Object.fromEntries(
      Object.entries(match?.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]),
    );
    return match ? [{ endpoint, params }] : [];
  });
  const found = matches.find(({ endpoint }) => endpoint.method === request.method);
  if (!found) {
    throw matches.length > 0
      ? new ApiError(405, "method.not.allowed", `${request.method} is not possible here.`)
      : new ApiError(404, "not.found", "The requested resource was not found.");
  }
  guard(found.endpoint, request, controlToken);
  return await found.endpoint.answer({ ...request, params: found.params });
}

function guard(
  { access }: Endpoint,
  { raw }: Omit<ApiRequest, "params">,
  controlToken: string | undefined,
): void {
  if (
    access === "control" &&
    controlToken &&
    !same(raw.headers.authorization ?? "", `Bearer ${controlToken}`)
  ) {
    throw new ApiError(401, "authentication.required", "Only the sandbox's token steers the organization.");
  }
  // a header that no foreign page can send without a preflight, which these addresses refuse
  if (access === "desktop" && raw.headers["x-sandbox-desktop"] !== "1") {
    throw new ApiError(403, "not.authorized", "Only the sandbox's own desktop page may ask for this.");
  }
}

function same(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

async function readRequest(
  raw: IncomingMessage,
  url: URL,
  method: string,
): Promise<Omit<ApiRequest, "params">> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of raw) {
    size += part.length;
    if (size > MAX_BODY_BYTES) throw new ApiError(413, "request.entity.too.large", "The body is too large.");
    parts.push(part);
  }
  return { raw, url, method, body: parseBody(Buffer.concat(parts).toString("utf8"), raw) };
}

function parseBody(text: string, { headers }: IncomingMessage): unknown {
  if (text === "") return undefined;
  // a shell's client calls every body a form
  const form = headers["content-type"]?.startsWith("application/x-www-form-urlencoded");
  if (form && !/^[[{]/.test(text)) return new URLSearchParams(text);
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(400, "invalid.json", "The request body is not valid JSON.");
  }
}

function send(response: ServerResponse, { status = 200, body, headers }: ApiReply): void {
  const bytes = body instanceof Uint8Array;
  response.writeHead(status, {
    "cache-control": "no-store",
    ...(!bytes && body !== undefined && { "content-type": "application/json" }),
    ...headers,
  });
  response.end(bytes || body === undefined ? body : JSON.stringify(body));
}
