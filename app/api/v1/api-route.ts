import { unstable_rethrow } from "next/navigation";
import type { ApiKeyScope } from "#/lib/api-keys/api-key.ts";
import { findApiKey } from "#/lib/api-keys/find-api-key.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { holdApiFailures, holdApiKeyRate } from "#/lib/web/api-rate.ts";
import { database } from "#/lib/web/database.ts";
import { problemOf } from "./problem.ts";

export type ApiCaller = { tenantId: string; keyId: string };
type Params = Record<string, string>;
type Handle = (request: Request, caller: ApiCaller, params: Params) => Promise<Response>;
type RouteContext = { params: Promise<Record<string, string | string[] | undefined>> };

/** A route for programs: the key decides the tenant, its scope what may be done; every refusal is a problem document. */
export function apiRoute(scope: ApiKeyScope, handle: Handle) {
  return async (request: Request, context: RouteContext): Promise<Response> => {
    try {
      const caller = await authenticate(request, scope);
      const params = Object.entries((await context.params) ?? {}).map(([name, value]) => [
        name,
        String(value ?? ""),
      ]);
      return await handle(request, caller, Object.fromEntries(params));
    } catch (error) {
      unstable_rethrow(error);
      return problemOf(error);
    }
  };
}

async function authenticate(request: Request, scope: ApiKeyScope): Promise<ApiCaller> {
  const [, presented = ""] = /^Bearer\s+(\S+)$/i.exec(request.headers.get("authorization") ?? "") ?? [];
  const found = presented === "" ? undefined : await findApiKey(database(), presented);
  if (!found) throw await refusal(request, presented);
  if (!found.scopes.includes(scope))
    throw new AppError(
      "forbidden",
      `This key lacks the scope ${scope}. Make one that has it under Settings > API keys.`,
    );
  await holdApiKeyRate(found.keyId);
  return { tenantId: found.tenantId, keyId: found.keyId };
}

async function refusal(request: Request, presented: string): Promise<AppError> {
  await holdApiFailures(request);
  return new AppError(
    "unauthenticated",
    presented === ""
      ? "Send an API key: Authorization: Bearer oaa_…"
      : "This API key is unknown, expired or revoked.",
  );
}
