import * as z from "zod";
import { AppError, isAppError } from "#/lib/kernel/app-error.ts";
import type { PlatformAccess } from "../../platform-access.ts";

const TIMEOUT_MS = 20_000;

const answerSchema = z.object({
  orgId: z.union([z.string(), z.number()]).transform(String),
  metadata: z
    .object({
      dataCenters: z.array(z.object({ name: z.string(), active: z.boolean().optional() })).default([]),
    })
    .optional(),
});

export type RestSession = { organizationId: string; dataCenter: string | undefined };

/**
 * Signs in to the REST API to see that it works. `AttachExisting` joins a session that is there: `ForceIn` would throw
 * a working agent out. For the same reason nobody signs out here: it would end the session that we joined.
 */
export async function restSession(
  rest: string,
  user: { username: string; password: string },
  access: PlatformAccess,
  signal: AbortSignal,
): Promise<RestSession> {
  const response = await reach(access, `${rest}/appsvcs/rs/svc/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ passwordCredentials: user, policy: "AttachExisting" }),
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
  });
  const context = { status: String(response.status) };
  if (response.status >= 500)
    throw new AppError("upstream_unavailable", `Five9 answers ${response.status}.`, { context });
  if (!response.ok)
    throw new AppError("upstream_rejected", `Five9 refuses the sign-in (${response.status}).`, { context });
  const read = answerSchema.safeParse(await response.json().catch(() => undefined));
  if (!read.success)
    throw new AppError("upstream_rejected", "The answer to the sign-in is not the one known.", { context });
  const { dataCenters = [] } = read.data.metadata ?? {};
  return {
    organizationId: read.data.orgId,
    dataCenter: (dataCenters.find(({ active }) => active) ?? dataCenters[0])?.name,
  };
}

async function reach(access: PlatformAccess, address: string, init: RequestInit): Promise<Response> {
  try {
    return await access.fetch(address, init);
  } catch (cause) {
    if (isAppError(cause)) throw cause;
    throw new AppError("upstream_unavailable", `${new URL(address).host} cannot be reached.`, { cause });
  }
}
