import { unstable_rethrow } from "next/navigation";
import type * as z from "zod";
import { AppError, isAppError } from "#/lib/kernel/app-error.ts";
import { parse, parseJson } from "#/lib/kernel/parse.ts";
import type { Permission } from "#/lib/tenancy/permissions.ts";
import { authorizeTenant, type TenantAccess } from "./require-tenant.ts";
import { webLog } from "./web-log.ts";

const BODY_LIMIT_BYTES = 256 * 1024;

type RouteContext = { params: Promise<Record<string, string | string[] | undefined>> };
type Handler = (request: Request, params: Record<string, string>) => Promise<unknown>;

/** A JSON route: what `handle` returns is the body (a `Response` goes out as it is), what it throws decides the status. */
export function jsonRoute(handle: Handler): (request: Request, context: RouteContext) => Promise<Response> {
  return async (request, context) => {
    try {
      const result = await handle(request, single((await context.params) ?? {}));
      return result instanceof Response ? result : Response.json(result ?? { ok: true });
    } catch (error) {
      unstable_rethrow(error);
      return errorResponse(error);
    }
  };
}

/** A JSON route of one tenant, whose slug is the address's `tenant` segment. */
export function tenantRoute(
  permission: Permission,
  handle: (request: Request, tenant: TenantAccess, params: Record<string, string>) => Promise<unknown>,
): ReturnType<typeof jsonRoute> {
  return jsonRoute(async (request, params) => {
    refuseOtherSites(request);
    return handle(request, await authorizeTenant(params.tenant ?? "", permission), params);
  });
}

/** Reads and checks a JSON body of a limited size. */
export async function readBody<S extends z.ZodType>(
  request: Request,
  schema: S,
  limit = BODY_LIMIT_BYTES,
): Promise<z.output<S>> {
  return parse(schema, parseJson(new TextDecoder().decode(await readBytes(request, limit))));
}

/** A body's bytes; stops reading where the limit is passed, whatever the length header claimed. */
export async function readBytes(request: Request, limit: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body ?? []) {
    size += part.byteLength;
    if (size > limit) throw new AppError("too_large", `The body is larger than ${limit} bytes.`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

export function errorResponse(error: unknown): Response {
  if (isAppError(error)) {
    return Response.json({ error: { code: error.code, message: error.message } }, { status: error.status });
  }
  webLog.error({ err: error }, "route failed");
  const message = "This failed on our side. Try again.";
  return Response.json({ error: { code: "internal", message } }, { status: 500 });
}

/** The session is a cookie: a change asked for by another site's page is not the user's own. */
function refuseOtherSites(request: Request): void {
  if (request.method === "GET" || request.method === "HEAD") return;
  const site = request.headers.get("sec-fetch-site");
  if (site === null || site === "same-origin") return;
  throw new AppError("forbidden", "Only pages of this site may ask for this.");
}

function single(params: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join("/") : (value ?? ""),
    ]),
  );
}
