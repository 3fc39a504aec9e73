import { tenantRoute } from "#/lib/web/route.ts";
import { prepareDesktop } from "../../prepare-desktop.ts";

/** Tells the played platform what an admin would have entered there, and goes on to its desktop. */
export const GET = tenantRoute("sandbox:use", async (_request, tenant, { connection = "" }) =>
  Response.redirect(await prepareDesktop(tenant.id, connection), 303),
);
