import { and, eq } from "drizzle-orm";
import { profileVersions } from "#/drizzle/schema/profile-versions.ts";
import { profiles } from "#/drizzle/schema/profiles.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { type Actor, audit } from "#/lib/tenancy/audit.ts";
import { changeProfile, type StaleProfile } from "./change-profile.ts";
import { refuseUnknown } from "./profile-values.ts";
import { markDefaultModel } from "./save-default-profile.ts";

export type RestoreInput = { profileId: string; version: number; expected: number };

/**
 * Makes a former version the profile's next one. A base or model of it that was deleted meanwhile is not made up for:
 * the restore is refused and says which one it is. The queue's name stays as it is now.
 */
export function restoreVersion(
  db: Database,
  actor: Actor,
  { profileId, version, expected }: RestoreInput,
): Promise<{ version: number } | { stale: StaleProfile }> {
  return withTenant(db, actor.tenantId, async (tx) => {
    const [old] = await tx
      .select()
      .from(profileVersions)
      .where(and(eq(profileVersions.profileId, profileId), eq(profileVersions.version, version)));
    if (!old) throw new AppError("not_found", `Version ${version} is not kept any more.`);
    const form = {
      knowledgeBaseId: old.knowledgeBaseId ?? undefined,
      systemPrompt: old.systemPrompt,
      modelIntegrationId: old.modelIntegrationId ?? undefined,
      threshold: old.threshold ?? undefined,
    };
    await refuseUnknown(tx, form);
    const change = { profileId, form, expected, origin: "restore", restored: version } as const;
    const changed = await changeProfile(tx, actor, change);
    if (changed.kind === "stale") return { stale: changed.stale };
    const [profile] = await tx.select().from(profiles).where(eq(profiles.id, profileId));
    if (profile?.isDefault) await markDefaultModel(tx, form.modelIntegrationId);
    await audit(tx, actor, {
      action: "profile.restored",
      target: profileId,
      detail: { restored: `${version}`, version: `${changed.version}`, queue: old.queueName ?? "default" },
    });
    return { version: changed.version };
  });
}
