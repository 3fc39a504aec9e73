import type { IncomingMessage } from "node:http";
import type * as z from "zod";
import { invalid } from "../google-error.ts";

export type ApiRequest = {
  raw: IncomingMessage;
  url: URL;
  /** Named groups of the path's pattern, decoded. */
  params: Record<string, string>;
  body: unknown;
  /** Aborts when the caller has gone. */
  gone: AbortSignal;
};
export type ApiReply = { status?: number; body?: unknown; headers?: Record<string, string> };

/** `control` wants the sandbox's own token, `desk` the header that only the desk's page sends. */
export type Endpoint = {
  method: string;
  path: RegExp;
  access: "public" | "control" | "desk";
  answer(request: ApiRequest): ApiReply | Promise<ApiReply>;
};

/** `/a/:id` as a pattern with a named group; in `/a/:id:pull` only the first is one. */
export function pathPattern(path: string): RegExp {
  const source = path.replaceAll(".", "\\.").replace(/(?<=\/):([a-z]\w*)/g, "(?<$1>[^/:]+)");
  return new RegExp(`^${source}$`);
}

export function endpoint(
  route: string,
  answer: Endpoint["answer"],
  access: Endpoint["access"] = "public",
): Endpoint {
  const [method = "GET", path = "/"] = route.split(" ");
  return { method, path: pathPattern(path), access, answer };
}

export function readBody<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  throw invalid(`Invalid JSON payload: ${parsed.error.issues[0]?.path.join(".")}`);
}
