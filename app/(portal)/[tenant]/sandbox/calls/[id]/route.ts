import { tenantRoute } from "#/lib/web/route.ts";
import { viewCall } from "../../sandbox-call.ts";

export const GET = tenantRoute("sandbox:use", (_request, tenant, { id = "" }) => viewCall(tenant.id, id));

/** Hangs up. */
export const DELETE = tenantRoute("sandbox:use", (_request, tenant, { id = "" }) =>
  viewCall(tenant.id, id, "hangup"),
);
