import { eq, sql } from "drizzle-orm";
import type * as z from "zod";
import { modelIntegrations } from "#/drizzle/schema/model-integrations.ts";
import { profiles } from "#/drizzle/schema/profiles.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { type Actor, audit } from "#/lib/tenancy/audit.ts";
import { changeProfile, keepVersion, type StaleProfile } from "./change-profile.ts";
import type { defaultProfileSchema } from "./mapping-form.ts";
import { profileValues, refuseUnknown } from "./profile-values.ts";

type Form = z.output<typeof defaultProfileSchema>;
export type DefaultSaved = { version: number } | { stale: StaleProfile };

/** What answers for every queue without a mapping of its own. `version`: the one that the form began with. */
export function saveDefaultProfile(
  db: Database,
  actor: Actor,
  { version, ...form }: Form,
): Promise<DefaultSaved> {
  return withTenant(db, actor.tenantId, async (tx) => {
    await refuseUnknown(tx, form);
    const [known] = await tx.select({ id: profiles.id }).from(profiles).where(eq(profiles.isDefault, true));
    const profileId = known?.id ?? (await firstDefault(tx, actor, form));
    const expected = known ? version : undefined;
    const changed = await changeProfile(tx, actor, { profileId, form, expected, origin: "form" });
    if (changed.kind === "stale") return { stale: changed.stale };
    await markDefaultModel(tx, form.modelIntegrationId);
    await audit(tx, actor, {
      action: "default.saved",
      target: "default profile",
      detail: { version: `${changed.version}` },
    });
    return { version: changed.version };
  });
}

async function firstDefault(
  tx: TenantTransaction,
  actor: Actor,
  form: Omit<Form, "version">,
): Promise<string> {
  const [row] = await tx
    .insert(profiles)
    .values({ tenantId: actor.tenantId, isDefault: true, ...profileValues(form) })
    .returning({ id: profiles.id });
  const profileId = row?.id ?? "";
  await keepVersion(tx, actor, { profileId, origin: "form" });
  return profileId;
}

/** The list of models marks the one that the default uses. */
export async function markDefaultModel(tx: TenantTransaction, modelId: string | undefined): Promise<void> {
  const isDefault = modelId ? sql`${modelIntegrations.id} = ${modelId}` : sql`false`;
  await tx.update(modelIntegrations).set({ isDefault });
}
