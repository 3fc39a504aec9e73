import type { IncomingMessage } from "node:http";
import * as z from "zod";
import { ApiError, badRequest, missingPermission } from "../api-error.ts";
import type { Token } from "../tokens.ts";
import type { World } from "../world.ts";

export type ApiRequest = {
  raw: IncomingMessage;
  method: string;
  url: URL;
  params: Record<string, string>;
  /** Parsed JSON or form, or nothing. */
  body: unknown;
};

export type ApiReply = { status?: number; body?: unknown; headers?: Record<string, string> };
export type Answer = (request: ApiRequest, token: Token) => ApiReply | Promise<ApiReply>;

/** Who may call: `api` with a token, `control` with the sandbox's own, `desktop` the desktop page alone. */
export type Endpoint = {
  method: string;
  path: RegExp;
  access: "public" | "api" | "control" | "desktop";
  answer: (request: ApiRequest) => ApiReply | Promise<ApiReply>;
};

export type ApiRules = {
  /** An OAuth scope's area; user grants are held to it, reading needs `area:readonly` or more. */
  area?: "conversations" | "notifications" | "routing" | "users";
  /** A role's permission; one of them is enough. */
  permission?: readonly string[];
  /** POST that only reads, such as a bulk fetch. */
  reads?: boolean;
};

/** `/a/:id` as a pattern with a named group. */
export function pathPattern(path: string): RegExp {
  const source = path.replaceAll(".", "\\.").replace(/:(\w+)/g, "(?<$1>[^/]+)");
  return new RegExp(`^${source}$`);
}

/** An endpoint of the API proper: token, rate limit, scope and permission stand before the answer. */
export function apiEndpoint(world: World, route: string, rules: ApiRules, answer: Answer): Endpoint {
  const [method = "GET", path = ""] = route.split(" ");
  return {
    method,
    path: pathPattern(`/api/v2${path}`),
    access: "api",
    async answer(request) {
      const token = world.tokens.verify(request.raw.headers.authorization);
      const headers = world.rateLimit.count(token);
      try {
        authorize(token, method, rules);
        const reply = await answer(request, token);
        return { ...reply, headers: { ...headers, ...reply.headers } };
      } catch (error) {
        // refusals count and say so too
        if (error instanceof ApiError) error.details.headers = { ...headers, ...error.details.headers };
        throw error;
      }
    },
  };
}

function authorize(token: Token, method: string, { area, permission, reads }: ApiRules): void {
  const reading = reads || method === "GET" || method === "HEAD";
  if (area && token.user) {
    const enough = reading ? [area, `${area}:readonly`] : [area];
    if (!token.client.scopes.some((scope) => enough.includes(scope))) {
      const needed = enough.at(-1) ?? area;
      throw new ApiError(403, "missing.scope", `The token lacks the required scope: ${needed}.`, {
        params: { scopes: needed },
      });
    }
  }
  if (permission && !permission.some((one) => token.client.permissions.includes(one))) {
    throw missingPermission(...permission);
  }
}

export function readBody<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const read = schema.safeParse(body ?? {});
  if (read.success) return read.data;
  throw badRequest(z.prettifyError(read.error).replaceAll("\n", " "));
}

/** A page of a listing, in the form of all listings (contract, section 3). */
export function page<T>(all: readonly T[], { url }: ApiRequest, maximum = 500) {
  const pageSize = Math.min(maximum, positive(url.searchParams.get("pageSize"), 25));
  const pageNumber = positive(url.searchParams.get("pageNumber"), 1);
  const pageCount = Math.ceil(all.length / pageSize);
  const uri = (number: number) => `${url.pathname}?pageSize=${pageSize}&pageNumber=${number}`;
  return {
    entities: all.slice((pageNumber - 1) * pageSize, pageNumber * pageSize),
    pageSize,
    pageNumber,
    total: all.length,
    pageCount,
    firstUri: uri(1),
    lastUri: uri(Math.max(1, pageCount)),
    selfUri: uri(pageNumber),
    ...(pageNumber < pageCount && { nextUri: uri(pageNumber + 1) }),
    ...(pageNumber > 1 && { previousUri: uri(pageNumber - 1) }),
  };
}

function positive(text: string | null, otherwise: number): number {
  const value = Number(text ?? otherwise);
  if (!Number.isInteger(value) || value < 1) throw badRequest(`${text} is not a page number or size.`);
  return value;
}
