import { eq, sql } from "drizzle-orm";
import { modelIntegrations } from "#/drizzle/schema/model-integrations.ts";
import { profiles } from "#/drizzle/schema/profiles.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { type Actor, audit } from "#/lib/tenancy/audit.ts";
import type { DefaultProfileForm } from "./mapping-form.ts";
import { profileValues, refuseUnknown } from "./profile-values.ts";

/** What answers for every queue without a mapping of its own. */
export function saveDefaultProfile(db: Database, actor: Actor, form: DefaultProfileForm): Promise<void> {
  return withTenant(db, actor.tenantId, async (tx) => {
    await refuseUnknown(tx, form);
    const values = profileValues(form);
    const [changed] = await tx
      .update(profiles)
      .set({ ...values, version: sql`${profiles.version} + 1` })
      .where(eq(profiles.isDefault, true))
      .returning({ id: profiles.id });
    if (!changed) await tx.insert(profiles).values({ tenantId: actor.tenantId, isDefault: true, ...values });
    // The list of models marks the one that the default uses.
    const isDefault = form.modelIntegrationId
      ? sql`${modelIntegrations.id} = ${form.modelIntegrationId}`
      : sql`false`;
    await tx.update(modelIntegrations).set({ isDefault });
    await audit(tx, actor, { action: "default.saved", target: "default profile" });
  });
}
