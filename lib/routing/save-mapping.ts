import { and, eq, ne, sql } from "drizzle-orm";
import { connections } from "#/drizzle/schema/connections.ts";
import { profiles } from "#/drizzle/schema/profiles.ts";
import { queueMappings } from "#/drizzle/schema/queue-mappings.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { type Actor, audit } from "#/lib/tenancy/audit.ts";
import type { MappingForm } from "./mapping-form.ts";
import { profileValues, refuseUnknown } from "./profile-values.ts";

/** Says what answers for a queue. A mapping owns its profile: each save is the profile's next version. */
export function saveMapping(db: Database, actor: Actor, form: MappingForm): Promise<{ mappingId: string }> {
  return withTenant(db, actor.tenantId, async (tx) => {
    await refuseUnknown(tx, form);
    await refuseForeignConnection(tx, form.connectionId);
    await refuseMapped(tx, form);
    const mappingId = form.mappingId
      ? await changeMapping(tx, form.mappingId, form)
      : await addMapping(tx, actor.tenantId, form);
    await audit(tx, actor, { action: "mapping.saved", target: mappingId, detail: { queue: form.queueId } });
    return { mappingId };
  });
}

/** The queue answers with the tenant's default from now on. */
export function deleteMapping(db: Database, actor: Actor, mappingId: string): Promise<void> {
  return withTenant(db, actor.tenantId, async (tx) => {
    const [gone] = await tx.delete(queueMappings).where(eq(queueMappings.id, mappingId)).returning();
    if (!gone) throw new AppError("not_found", "This mapping does not exist any more.");
    await tx.delete(profiles).where(eq(profiles.id, gone.profileId));
    await audit(tx, actor, { action: "mapping.deleted", target: mappingId, detail: { queue: gone.queueId } });
  });
}

const queueFields = ({ connectionId, queueId, queueName }: MappingForm) => ({
  connectionId,
  queueId,
  queueName: queueName || queueId,
});

async function addMapping(tx: TenantTransaction, tenantId: string, form: MappingForm): Promise<string> {
  const [profile] = await tx
    .insert(profiles)
    .values({ tenantId, ...profileValues(form) })
    .returning({ id: profiles.id });
  const [mapping] = await tx
    .insert(queueMappings)
    .values({ tenantId, profileId: profile?.id ?? "", ...queueFields(form) })
    .returning({ id: queueMappings.id });
  return mapping?.id ?? "";
}

async function changeMapping(tx: TenantTransaction, mappingId: string, form: MappingForm): Promise<string> {
  const [mapping] = await tx
    .update(queueMappings)
    .set(queueFields(form))
    .where(eq(queueMappings.id, mappingId))
    .returning({ profileId: queueMappings.profileId });
  if (!mapping) throw new AppError("not_found", "This mapping does not exist any more.");
  await tx
    .update(profiles)
    .set({ ...profileValues(form), version: sql`${profiles.version} + 1` })
    .where(eq(profiles.id, mapping.profileId));
  return mappingId;
}

async function refuseForeignConnection(tx: TenantTransaction, connectionId: string): Promise<void> {
  const [known] = await tx
    .select({ id: connections.id })
    .from(connections)
    .where(eq(connections.id, connectionId));
  if (!known) throw new AppError("not_found", "This connection does not exist any more.");
}

async function refuseMapped(tx: TenantTransaction, form: MappingForm): Promise<void> {
  const same = and(
    eq(queueMappings.connectionId, form.connectionId),
    eq(queueMappings.queueId, form.queueId),
  );
  const other = form.mappingId ? and(same, ne(queueMappings.id, form.mappingId)) : same;
  const [taken] = await tx.select({ name: queueMappings.queueName }).from(queueMappings).where(other);
  if (taken)
    throw new AppError("conflict", `The queue "${taken.name}" is mapped already: open its row to change it.`);
}
