import { notFound } from "next/navigation";
import { cache } from "react";
import * as z from "zod";
import { readConnectionPage } from "#/lib/integrations/read-connection-page.ts";
import { may } from "#/lib/tenancy/permissions.ts";
import { database } from "#/lib/web/database.ts";
import { keyRing } from "#/lib/web/key-ring.ts";
import { requireTenant } from "#/lib/web/require-tenant.ts";

export type ConnectionParams = { params: Promise<{ tenant: string; connection: string }> };

/** The connection that an address names, for who asks; read once a request, by the layout and by its tab. */
export const connectionOf = cache(async (slug: string, connectionId: string) => {
  const tenant = await requireTenant(slug, "integrations:read");
  if (!z.uuid().safeParse(connectionId).success) notFound();
  const connection = await readConnectionPage({ db: database(), ring: keyRing() }, tenant.id, connectionId);
  if (!connection) notFound();
  return { tenant, connection, mayWrite: may(tenant.role, "integrations:write") };
});
