import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { type Actor, audit } from "#/lib/tenancy/audit.ts";
import { listMappings } from "./list-mappings.ts";
import { writeMappingsCsv } from "./mapping-csv.ts";

/** All mappings as a file; like every export it is noted who took it. */
export async function exportMappings(db: Database, actor: Actor): Promise<string> {
  const { mappings } = await listMappings(db, actor.tenantId);
  await withTenant(db, actor.tenantId, (tx) =>
    audit(tx, actor, {
      action: "mapping.exported",
      target: "queue mappings",
      detail: { mappings: `${mappings.length}` },
    }),
  );
  return writeMappingsCsv(mappings);
}
