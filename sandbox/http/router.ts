import type { IncomingMessage, ServerResponse } from "node:http";
import * as z from "zod";
import { SandboxError } from "../sandbox-error.ts";

export type Reply = {
  status?: number;
  /** Sent as JSON, unless it is bytes. */
  body?: unknown;
  headers?: Record<string, string>;
};

export type RouteRequest = { raw: IncomingMessage; url: URL; params: Record<string, string> };

export type Route = {
  method: "GET" | "POST";
  path: RegExp;
  /** `portal` needs the shared secret; `id` is open to whoever knows an id that cannot be guessed. */
  access: "portal" | "id" | "public";
  answer: (request: RouteRequest) => Promise<Reply> | Reply;
};

/** The route for a request; knowing the path but not the method is a 405. */
export function findRoute(routes: readonly Route[], method: string, path: string) {
  const matches = routes.flatMap((route) => {
    const match = route.path.exec(path);
    return match ? [{ route, params: { ...match.groups } as Record<string, string> }] : [];
  });
  const found = matches.find(({ route }) => route.method === method);
  if (found) return found;
  throw matches.length > 0
    ? new SandboxError(`${method} is not possible here.`, 405)
    : new SandboxError("There is nothing at this address.", 404);
}

/** Reads a body up to a limit; a longer one is refused before it is in memory. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const tooLarge = () =>
    new SandboxError(`The body is larger than ${Math.floor(limit / 1_000_000)} MB.`, 413);
  if (Number(request.headers["content-length"] ?? 0) > limit) throw tooLarge();
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size > limit) throw tooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts);
}

export async function readJson<S extends z.ZodType>(
  request: IncomingMessage,
  schema: S,
  limit: number,
): Promise<z.output<S>> {
  const bytes = await readBody(request, limit);
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString("utf8") || "{}");
  } catch (cause) {
    throw new SandboxError("The body is not JSON.", 400, { cause });
  }
  const read = schema.safeParse(json);
  if (read.success) return read.data;
  throw new SandboxError(z.prettifyError(read.error).replaceAll("\n", " "));
}

export function send(response: ServerResponse, { status = 200, body, headers }: Reply): void {
  const bytes = body instanceof Uint8Array;
  response.writeHead(status, {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...(!bytes && body !== undefined && { "content-type": "application/json; charset=utf-8" }),
    ...headers,
  });
  response.end(bytes || body === undefined ? body : JSON.stringify(body));
}
