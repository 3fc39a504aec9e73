import type * as z from "zod";
import { AppError, isAppError } from "#/lib/kernel/app-error.ts";
import type { PlatformAccess } from "../../platform-access.ts";
import { type Answer, exchange } from "./exchange.ts";
import type { GenesysHosts } from "./hosts.ts";

type Method = "GET" | "HEAD" | "PUT" | "DELETE" | "POST" | "PATCH";

const IDEMPOTENT = new Set<Method>(["GET", "HEAD", "PUT", "DELETE"]);

export type RequestOptions<S extends z.ZodType> = {
  /** Reads the answer's JSON; an empty body is `undefined` to it. */
  schema: S;
  body?: unknown;
  query?: Record<string, string | number | boolean | readonly string[] | undefined>;
  signal?: AbortSignal | undefined;
  /** All tries together; 1 never tries again. */
  attempts?: number;
  /** For a POST that only reads. */
  idempotent?: boolean;
};

export type GenesysClient = {
  /** Throws `rate_limited`, `upstream_rejected` or `upstream_unavailable`, with `status`, `code` and `contextId` in its context. */
  request<S extends z.ZodType>(
    method: Method,
    path: string,
    options: RequestOptions<S>,
  ): Promise<z.output<S>>;
};

type ClientOptions = {
  hosts: GenesysHosts;
  token: (signal?: AbortSignal) => Promise<string>;
  access: PlatformAccess;
  /** Told of a token that the platform no longer takes; the request is tried once more if `token` then answers another. */
  onRefused?: (token: string) => void;
};

/** The platform's API in one token's name; works in a browser and on a server alike. */
export function createGenesysClient({ hosts, token, access, onRefused }: ClientOptions): GenesysClient {
  const send = (bearer: string, method: Method, path: string, options: RequestOptions<z.ZodType>) =>
    exchange(access, {
      url: addressOf(hosts, path, options.query),
      init: initOf(bearer, method, options.body),
      idempotent: options.idempotent ?? IDEMPOTENT.has(method),
      attempts: options.attempts,
      signal: options.signal,
    });

  return {
    async request(method, path, options) {
      const bearer = await token(options.signal);
      try {
        return read(await send(bearer, method, path, options), options.schema, path);
      } catch (error) {
        if (!onRefused || options.attempts === 1 || !isRefusal(error)) throw error;
        onRefused(bearer);
        const fresh = await token(options.signal);
        if (fresh === bearer) throw error;
        return read(await send(fresh, method, path, options), options.schema, path);
      }
    },
  };
}

function isRefusal(error: unknown): boolean {
  return isAppError(error) && error.context.status === "401";
}

function addressOf(
  { api }: GenesysHosts,
  path: string,
  query: RequestOptions<z.ZodType>["query"] = {},
): string {
  const url = new URL(api + path);
  for (const [name, value] of Object.entries(query)) {
    for (const one of [value].flat()) if (one !== undefined) url.searchParams.append(name, String(one));
  }
  return url.href;
}

function initOf(bearer: string, method: Method, body: unknown): RequestInit {
  const headers = { accept: "application/json", authorization: `Bearer ${bearer}` };
  if (body === undefined) return { method, headers };
  return {
    method,
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify(body),
  };
}

function read<S extends z.ZodType>({ status, text }: Answer, schema: S, path: string): z.output<S> {
  const result = schema.safeParse(jsonOf(text));
  if (result.success) return result.data;
  throw new AppError("upstream_rejected", `Genesys Cloud's answer to ${path} is of an unknown shape.`, {
    context: { status: String(status), code: "unknown.shape", issue: result.error.issues[0]?.code ?? "" },
  });
}

function jsonOf(text: string): unknown {
  if (text.trim() === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
