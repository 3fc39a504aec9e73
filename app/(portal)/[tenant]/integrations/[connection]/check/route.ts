import * as z from "zod";
import { readConnection } from "#/lib/integrations/find-connection.ts";
import { runCheck } from "#/lib/integrations/run-check.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { database } from "#/lib/web/database.ts";
import { keyRing } from "#/lib/web/key-ring.ts";
import { webNetwork } from "#/lib/web/network.ts";
import { tenantRoute } from "#/lib/web/route.ts";
import { webEnv } from "#/lib/web/web-env.ts";
import { jsonLines } from "../../json-lines.ts";

const idOf = (params: Record<string, string>) => {
  const id = z.uuid().safeParse(params.connection);
  if (!id.success) throw new AppError("not_found", "This connection does not exist.");
  return id.data;
};

const untilSchema = z.string().min(1).max(80).optional();

/** Runs the connection's test, or its part until one step; each step is a line of its own, sent as it ends. */
export const POST = tenantRoute("integrations:read", async (request, tenant, params) => {
  const { AUDIOHOOK_URL, INGEST_URL } = webEnv();
  const deps = {
    db: database(),
    ring: keyRing(),
    network: webNetwork(),
    audiohookUrl: AUDIOHOOK_URL,
    ingestUrl: INGEST_URL,
    now: () => Date.now(),
  };
  const until = untilSchema.safeParse(new URL(request.url).searchParams.get("until") ?? undefined).data;
  const place = { tenantId: tenant.id, connectionId: idOf(params), userId: tenant.userId };
  return jsonLines(runCheck(deps, { ...place, ...(until && { until }) }, request.signal));
});

/** Whether an event has come since: the test's last step waits for it. */
export const GET = tenantRoute("integrations:read", async (_request, tenant, params) => {
  const connection = await readConnection(database(), tenant.id, idOf(params));
  return { lastEventAt: connection?.lastEventAt?.toISOString() };
});
