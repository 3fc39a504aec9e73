import { and, eq } from "drizzle-orm";
import * as z from "zod";
import type { VersionOrigin } from "#/drizzle/schema/profile-versions.ts";
import { profileVersions } from "#/drizzle/schema/profile-versions.ts";
import { queueMappings } from "#/drizzle/schema/queue-mappings.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { type Actor, audit } from "#/lib/tenancy/audit.ts";
import { changeProfile } from "./change-profile.ts";
import type { DefaultProfileForm } from "./mapping-form.ts";
import type { ProfileContent } from "./profile-changes.ts";
import { readProfile } from "./profile-content.ts";
import { refuseUnknown } from "./profile-values.ts";

const picked = z
  .array(z.object({ mappingId: z.uuid(), version: z.int().nonnegative() }))
  .min(1)
  .max(1_000);

/** Null clears a field; a field that is left out stays as it is in each mapping. */
export const bulkChangeSchema = z.object({
  mappings: picked,
  set: z
    .object({
      knowledgeBaseId: z.uuid().nullable().optional(),
      modelIntegrationId: z.uuid().nullable().optional(),
      threshold: z.number().min(0, "Between 0 and 1.").max(1, "Between 0 and 1.").nullable().optional(),
    })
    .refine((set) => Object.values(set).some((value) => value !== undefined), "Choose what to change."),
});
export type BulkChange = z.output<typeof bulkChangeSchema>;

export const bulkUndoSchema = z.object({
  changed: z
    .array(z.object({ mappingId: z.uuid(), before: z.int().nonnegative(), after: z.int().nonnegative() }))
    .min(1)
    .max(1_000),
});
export type BulkUndo = z.output<typeof bulkUndoSchema>;

export type BulkChanged = { changed: BulkUndo["changed"]; same: number };

/**
 * Sets the same fields in many mappings, all or none. Where somebody changed one of them since they were picked,
 * nothing is changed and the refusal names it.
 */
export function bulkChange(db: Database, actor: Actor, { mappings, set }: BulkChange): Promise<BulkChanged> {
  return withTenant(db, actor.tenantId, async (tx) => {
    await refuseUnknown(tx, formOf(set));
    const changed: BulkUndo["changed"] = [];
    for (const { mappingId, version } of mappings) {
      const { profileId, queueName, content } = await mappedProfile(tx, mappingId);
      const form = { ...formOf(content), ...definedOf(set) };
      const result = await changeProfile(tx, actor, { profileId, form, expected: version, origin: "bulk" });
      if (result.kind === "stale") {
        const by = result.stale.by.join(", ") || "somebody";
        throw new AppError(
          "conflict",
          `${by} changed "${queueName}" meanwhile. Nothing was changed: look again.`,
        );
      }
      if (result.kind === "changed") changed.push({ mappingId, before: version, after: result.version });
    }
    const detail = { mappings: `${changed.length}`, fields: Object.keys(definedOf(set)).join(" ") };
    await audit(tx, actor, { action: "mapping.bulk", target: "queue mappings", detail });
    return { changed, same: mappings.length - changed.length };
  });
}

/** Brings back what a bulk change or an import has changed; a mapping that was changed since is left alone and counted. */
export function undoBulk(
  db: Database,
  actor: Actor,
  { changed }: BulkUndo,
): Promise<{ restored: number; left: string[] }> {
  return withTenant(db, actor.tenantId, async (tx) => {
    const left: string[] = [];
    for (const { mappingId, before, after } of changed) {
      const { profileId, queueName } = await mappedProfile(tx, mappingId);
      const form = await formerForm(tx, profileId, before);
      const origin: VersionOrigin = "undo";
      const done =
        form &&
        (await changeProfile(tx, actor, { profileId, form, expected: after, origin, restored: before }));
      if (!done || done.kind === "stale") left.push(queueName);
    }
    const restored = changed.length - left.length;
    const detail = { restored: `${restored}`, left: `${left.length}` };
    await audit(tx, actor, { action: "mapping.undone", target: "queue mappings", detail });
    return { restored, left };
  });
}

async function mappedProfile(tx: TenantTransaction, mappingId: string) {
  const [row] = await tx.select().from(queueMappings).where(eq(queueMappings.id, mappingId));
  const stored = row && (await readProfile(tx, row.profileId));
  if (!row || !stored)
    throw new AppError("not_found", "One of these mappings does not exist any more. Nothing was changed.");
  return { profileId: row.profileId, queueName: row.queueName, content: stored.content };
}

async function formerForm(
  tx: TenantTransaction,
  profileId: string,
  version: number,
): Promise<DefaultProfileForm | undefined> {
  const [old] = await tx
    .select()
    .from(profileVersions)
    .where(and(eq(profileVersions.profileId, profileId), eq(profileVersions.version, version)));
  if (!old) return undefined;
  const form = formOf(old);
  await refuseUnknown(tx, form);
  return form;
}

type Fields = {
  knowledgeBaseId?: string | null | undefined;
  modelIntegrationId?: string | null | undefined;
  threshold?: number | null | undefined;
  systemPrompt?: ProfileContent["systemPrompt"];
};

function formOf(fields: Fields): DefaultProfileForm {
  return {
    knowledgeBaseId: fields.knowledgeBaseId ?? undefined,
    systemPrompt: fields.systemPrompt ?? "",
    modelIntegrationId: fields.modelIntegrationId ?? undefined,
    threshold: fields.threshold ?? undefined,
  };
}

/** What is to be set; null, which clears a field, is undefined in a form. */
function definedOf(set: BulkChange["set"]): Partial<DefaultProfileForm> {
  const given = Object.entries(set).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([field, value]) => [field, value ?? undefined]));
}
