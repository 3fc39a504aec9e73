import { eq } from "drizzle-orm";
import { connections } from "#/drizzle/schema/connections.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { type Actor, audit } from "#/lib/tenancy/audit.ts";
import type { Connection } from "./find-connection.ts";

type Change = { action: string; set: Partial<Connection>; detail?: Record<string, string> };

/** Reads one connection under a lock, writes what `decide` makes of it, and notes who did it. */
export function changeConnection(
  db: Database,
  actor: Actor,
  connectionId: string,
  decide: (connection: Connection, tx: TenantTransaction) => Change | Promise<Change>,
): Promise<void> {
  return withTenant(db, actor.tenantId, async (tx) => {
    const [row] = await tx.select().from(connections).where(eq(connections.id, connectionId)).for("update");
    if (!row) throw new AppError("not_found", "This connection does not exist any more.");
    const { action, set, detail } = await decide(row, tx);
    await tx.update(connections).set(set).where(eq(connections.id, connectionId));
    await audit(tx, actor, { action, target: connectionId, detail: { name: row.name, ...detail } });
  });
}
