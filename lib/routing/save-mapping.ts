import { and, eq, ne } from "drizzle-orm";
import { connections } from "#/drizzle/schema/connections.ts";
import type { VersionOrigin } from "#/drizzle/schema/profile-versions.ts";
import { profiles } from "#/drizzle/schema/profiles.ts";
import { queueMappings } from "#/drizzle/schema/queue-mappings.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { type Actor, audit } from "#/lib/tenancy/audit.ts";
import { changeProfile, keepVersion, type StaleProfile } from "./change-profile.ts";
import type { MappingForm } from "./mapping-form.ts";
import { profileValues, refuseUnknown } from "./profile-values.ts";

export type MappingSaved = { mappingId: string; version: number } | { stale: StaleProfile };

/**
 * Says what answers for a queue. A mapping owns its profile: each save is the profile's next version. A form that began
 * with an older version changes nothing and answers what others have changed since.
 */
export function saveMapping(db: Database, actor: Actor, form: MappingForm): Promise<MappingSaved> {
  return withTenant(db, actor.tenantId, async (tx) => {
    await refuseUnknown(tx, form);
    await refuseForeignConnection(tx, form.connectionId);
    await refuseMapped(tx, form);
    const saved = await writeMapping(tx, actor, form, "form");
    if ("mappingId" in saved)
      await audit(tx, actor, {
        action: "mapping.saved",
        target: saved.mappingId,
        detail: { queue: form.queueId, version: `${saved.version}` },
      });
    return saved;
  });
}

/** The queue answers with the tenant's default from now on; what it was stays in its versions. */
export function deleteMapping(db: Database, actor: Actor, mappingId: string): Promise<void> {
  return withTenant(db, actor.tenantId, async (tx) => {
    const [gone] = await tx.delete(queueMappings).where(eq(queueMappings.id, mappingId)).returning();
    if (!gone) throw new AppError("not_found", "This mapping does not exist any more.");
    await tx.delete(profiles).where(eq(profiles.id, gone.profileId));
    await audit(tx, actor, { action: "mapping.deleted", target: mappingId, detail: { queue: gone.queueId } });
  });
}

/** Adds or changes one mapping of a form that was checked. */
export async function writeMapping(
  tx: TenantTransaction,
  actor: Actor,
  form: MappingForm,
  origin: VersionOrigin,
): Promise<MappingSaved> {
  return form.mappingId
    ? changeMapping(tx, actor, { ...form, mappingId: form.mappingId }, origin)
    : addMapping(tx, actor, form, origin);
}

const queueFields = ({ connectionId, queueId, queueName }: MappingForm) => ({
  connectionId,
  queueId,
  queueName: queueName || queueId,
});

async function addMapping(
  tx: TenantTransaction,
  actor: Actor,
  form: MappingForm,
  origin: VersionOrigin,
): Promise<MappingSaved> {
  const { tenantId } = actor;
  const [profile] = await tx
    .insert(profiles)
    .values({ tenantId, ...profileValues(form) })
    .returning({ id: profiles.id });
  const profileId = profile?.id ?? "";
  const [mapping] = await tx
    .insert(queueMappings)
    .values({ tenantId, profileId, ...queueFields(form) })
    .returning({ id: queueMappings.id });
  await keepVersion(tx, actor, { profileId, origin });
  return { mappingId: mapping?.id ?? "", version: 1 };
}

async function changeMapping(
  tx: TenantTransaction,
  actor: Actor,
  form: MappingForm & { mappingId: string },
  origin: VersionOrigin,
): Promise<MappingSaved> {
  const own = eq(queueMappings.id, form.mappingId);
  const [mapping] = await tx.select().from(queueMappings).where(own).for("update");
  if (!mapping) throw new AppError("not_found", "This mapping does not exist any more.");
  const fields = queueFields(form);
  const renamed = fields.queueName !== mapping.queueName;
  const { profileId } = mapping;
  const expected = form.version;
  // The name is part of the version that is kept, and of nothing where the change is refused.
  const besides = () => tx.update(queueMappings).set(fields).where(own);
  const changed = await changeProfile(tx, actor, { profileId, form, expected, origin, renamed, besides });
  return changed.kind === "stale"
    ? { stale: changed.stale }
    : { mappingId: form.mappingId, version: changed.version };
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
