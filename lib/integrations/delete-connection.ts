import { eq, inArray } from "drizzle-orm";
import { connections } from "#/drizzle/schema/connections.ts";
import { profiles } from "#/drizzle/schema/profiles.ts";
import { queueMappings } from "#/drizzle/schema/queue-mappings.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { type Actor, audit } from "#/lib/tenancy/audit.ts";

/** Deletes a connection with its conversations, events, cards and queue mappings. Asks for its name. */
export function deleteConnection(
  db: Database,
  actor: Actor,
  { connectionId, name }: { connectionId: string; name: string },
): Promise<void> {
  return withTenant(db, actor.tenantId, async (tx) => {
    const [row] = await tx
      .select({ name: connections.name })
      .from(connections)
      .where(eq(connections.id, connectionId))
      .for("update");
    if (!row) throw new AppError("not_found", "This connection does not exist any more.");
    if (row.name !== name)
      throw new AppError("invalid_input", "The name you typed is not this connection's.");
    const mapped = await tx
      .delete(queueMappings)
      .where(eq(queueMappings.connectionId, connectionId))
      .returning({ id: queueMappings.profileId });
    const own = mapped.map(({ id }) => id);
    // A mapping owns its profile; nothing else points at it.
    if (own.length > 0) await tx.delete(profiles).where(inArray(profiles.id, own));
    await tx.delete(connections).where(eq(connections.id, connectionId));
    await audit(tx, actor, { action: "connection.deleted", target: connectionId, detail: { name } });
  });
}
