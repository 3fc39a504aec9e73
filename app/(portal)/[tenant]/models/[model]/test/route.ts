import * as z from "zod";
import { AppError } from "#/lib/kernel/app-error.ts";
import { readModel } from "#/lib/models/list-models.ts";
import { tenantOutbound } from "#/lib/models/tenant-outbound.ts";
import { testModel } from "#/lib/models/test-model.ts";
import { database } from "#/lib/web/database.ts";
import { keyRing } from "#/lib/web/key-ring.ts";
import { tenantRoute } from "#/lib/web/route.ts";
import { webEnv } from "#/lib/web/web-env.ts";
import { jsonLines } from "../../../integrations/json-lines.ts";

/** Tries a stored model; each step is a line of its own, sent as it ends. */
export const POST = tenantRoute("models:write", async (request, tenant, params) => {
  const id = z.uuid().safeParse(params.model);
  const row = id.success ? await readModel(database(), tenant.id, id.data) : undefined;
  if (!row) throw new AppError("not_found", "This model does not exist any more.");
  const outbound = tenantOutbound(webEnv().OUTBOUND_ALLOWED_HOSTS);
  return jsonLines(testModel({ ring: keyRing(), outbound, now: () => Date.now() }, row, request.signal));
});
