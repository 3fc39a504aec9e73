import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { AppError, isAppError } from "#/lib/kernel/app-error.ts";
import type { Log } from "#/lib/kernel/log.ts";
import { answerProbe, closeServer, listen, type ReadinessChecks } from "./probe.ts";

export type DoorRequest = {
  method: string;
  path: string;
  /** What stood in the place of `:name` in the route. */
  params: Record<string, string>;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** The bytes as they came: signatures are over bytes. */
  body: Buffer;
  remoteAddress: string;
};

export type DoorAnswer = { status: number; body?: unknown; headers?: Record<string, string> };
export type DoorHandler = (request: DoorRequest) => Promise<DoorAnswer>;

/** `POST /ingest/:platform/:connectionId` to what answers it. */
export type DoorRoutes = Record<string, DoorHandler>;

export type Door = {
  port: number;
  host?: string;
  log: Log;
  checks: ReadinessChecks;
  routes: DoorRoutes;
  maxBodyBytes?: number;
};

const MAX_BODY_BYTES = 1024 * 1024;
const REQUEST_TIMEOUT_MS = 30_000;

/**
 * A small HTTP door with probes. An `AppError` answers with its status, code and message; anything
 * else is logged and answers 500 without a detail. The server is handed out for WebSocket upgrades.
 */
export async function serveHttp(
  door: Door,
): Promise<{ server: Server; port: number; close(): Promise<void> }> {
  const routes = Object.entries(door.routes).map(([pattern, handler]) => ({ ...compile(pattern), handler }));
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (request, response) => {
    if (answerProbe(request, response, door.checks)) return;
    void answer(request, routes, door.maxBodyBytes ?? MAX_BODY_BYTES)
      .catch((error: unknown) => failure(error, door.log))
      .then((result) => send(request, response, result));
  });
  const port = await listen(server, door.port, door.host);
  return { server, port, close: () => closeServer(server) };
}

type Route = { method: string; segments: string[]; handler: DoorHandler };

function compile(pattern: string): Omit<Route, "handler"> {
  const [method = "", path = ""] = pattern.split(" ");
  return { method, segments: path.split("/") };
}

async function answer(request: IncomingMessage, routes: Route[], limit: number): Promise<DoorAnswer> {
  const url = parseUrl(request.url ?? "/");
  for (const route of routes) {
    const params = route.method === request.method ? match(route.segments, url.pathname) : undefined;
    if (!params) continue;
    return route.handler({
      method: route.method,
      path: url.pathname,
      params,
      query: url.searchParams,
      headers: request.headers,
      body: await readBody(request, limit),
      remoteAddress: request.socket.remoteAddress ?? "",
    });
  }
  throw new AppError("not_found", "There is nothing at this address.");
}

function parseUrl(target: string): URL {
  try {
    return new URL(target, "http://door");
  } catch (cause) {
    throw new AppError("invalid_input", "The address is not valid.", { cause });
  }
}

function match(segments: readonly string[], path: string): Record<string, string> | undefined {
  const parts = path.split("/");
  if (parts.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const part = parts[index] ?? "";
    if (segment.startsWith(":") && part !== "") params[segment.slice(1)] = decode(part);
    else if (segment !== part) return undefined;
  }
  return params;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (cause) {
    throw new AppError("invalid_input", "The address is not valid.", { cause });
  }
}

async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const tooLarge = new AppError("too_large", `The body is larger than ${limit} bytes.`);
  if (Number(request.headers["content-length"] ?? 0) > limit) throw tooLarge;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw tooLarge;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function failure(error: unknown, log: Log): DoorAnswer {
  if (isAppError(error)) {
    const { code, status, message, context } = error;
    (status >= 500 ? log.error : log.info).call(log, { code, ...context }, "request refused");
    return { status, body: { error: { code, message } } };
  }
  log.error({ err: error }, "request failed");
  return { status: 500, body: { error: { code: "internal", message: "Something went wrong on our side." } } };
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, body, headers }: DoorAnswer,
): void {
  // A body that was not read to its end would be taken for the connection's next request.
  const unread = !request.complete;
  response.writeHead(status, {
    ...(body === undefined ? {} : { "content-type": "application/json" }),
    ...(unread ? { connection: "close" } : {}),
    ...headers,
  });
  response.end(body === undefined ? undefined : JSON.stringify(body), () => {
    if (unread) request.destroy();
  });
}
