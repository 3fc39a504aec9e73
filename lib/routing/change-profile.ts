import { and, asc, eq, gt } from "drizzle-orm";
import { profileVersions, type VersionOrigin } from "#/drizzle/schema/profile-versions.ts";
import { profiles } from "#/drizzle/schema/profiles.ts";
import type { TenantTransaction } from "#/lib/db/database.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { Actor } from "#/lib/tenancy/audit.ts";
import { readPeople } from "#/lib/tenancy/read-people.ts";
import type { DefaultProfileForm } from "./mapping-form.ts";
import { changesBetween, type ProfileChange } from "./profile-changes.ts";
import { contentOf, lockProfile, readProfile, type StoredProfile } from "./profile-content.ts";
import { profileValues } from "./profile-values.ts";

/** What somebody else has made of a profile since the version that a form began with. */
export type StaleProfile = {
  version: number;
  /** Names of who saved it since; without one it was changed by something else, such as a deleted base. */
  by: string[];
  at: string;
  changes: ProfileChange[];
};

export type Changed = { kind: "changed" | "same"; version: number } | { kind: "stale"; stale: StaleProfile };

type Change = {
  profileId: string;
  form: DefaultProfileForm;
  /** The version that the change begins with; undefined overwrites whatever is there. */
  expected: number | undefined;
  origin: VersionOrigin;
  restored?: number;
  /** The queue's name changes as well, which is part of what a version says. */
  renamed?: boolean;
  /** What is written with it, and only with it. */
  besides?: () => Promise<unknown>;
};

/**
 * Writes the next version of a profile and keeps it with the former one, or says what changed meanwhile. What is the
 * same already is no new version.
 */
export async function changeProfile(tx: TenantTransaction, actor: Actor, change: Change): Promise<Changed> {
  const before = await lockProfile(tx, change.profileId);
  if (!before) throw new AppError("not_found", "This mapping does not exist any more.");
  if (change.expected !== undefined && change.expected !== before.version)
    return { kind: "stale", stale: await whatChanged(tx, before, change.expected) };
  await keepFormer(tx, actor.tenantId, before);
  const values = profileValues(change.form);
  if (!change.renamed && sameValues(before, values)) return { kind: "same", version: before.version };
  await change.besides?.();
  const version = before.version + 1;
  await tx
    .update(profiles)
    .set({ ...values, version })
    .where(eq(profiles.id, change.profileId));
  await keepVersion(tx, actor, change);
  return { kind: "changed", version };
}

/** Notes the state that a profile has now as its version, and who made it. */
export async function keepVersion(
  tx: TenantTransaction,
  { tenantId, userId }: Actor,
  { profileId, origin, restored }: Pick<Change, "profileId" | "origin" | "restored">,
): Promise<void> {
  const now = await readProfile(tx, profileId);
  if (!now) return;
  await tx
    .insert(profileVersions)
    .values({ tenantId, userId, origin, restored: restored ?? null, ...columnsOf(now) })
    .onConflictDoNothing();
}

/** A state that nobody's save brought about (a seed, a deleted base) is kept before it goes. */
async function keepFormer(tx: TenantTransaction, tenantId: string, before: StoredProfile): Promise<void> {
  await tx
    .insert(profileVersions)
    .values({ tenantId, origin: "seen", createdAt: before.updatedAt, ...columnsOf(before) })
    .onConflictDoNothing();
}

function columnsOf({ profileId, version, content }: StoredProfile) {
  return {
    profileId,
    version,
    queueName: content.queueName ?? null,
    knowledgeBaseId: content.knowledgeBaseId ?? null,
    knowledgeBase: content.knowledgeBase ?? null,
    systemPrompt: content.systemPrompt,
    modelIntegrationId: content.modelIntegrationId ?? null,
    model: content.model ?? null,
    threshold: content.threshold ?? null,
  };
}

function sameValues({ content }: StoredProfile, values: ReturnType<typeof profileValues>): boolean {
  return (
    (content.knowledgeBaseId ?? null) === values.knowledgeBaseId &&
    content.systemPrompt === values.systemPrompt &&
    (content.modelIntegrationId ?? null) === values.modelIntegrationId &&
    sameThreshold(content.threshold, values.threshold)
  );
}

/** The column holds 24 bits. */
function sameThreshold(stored: number | undefined, given: number | null): boolean {
  if (stored === undefined || given === null) return stored === undefined && given === null;
  return Math.fround(stored) === Math.fround(given);
}

async function whatChanged(
  tx: TenantTransaction,
  now: StoredProfile,
  expected: number,
): Promise<StaleProfile> {
  const own = eq(profileVersions.profileId, now.profileId);
  const [base] = await tx
    .select()
    .from(profileVersions)
    .where(and(own, eq(profileVersions.version, expected)));
  const since = await tx
    .select({ userId: profileVersions.userId, at: profileVersions.createdAt })
    .from(profileVersions)
    .where(and(own, gt(profileVersions.version, expected)))
    .orderBy(asc(profileVersions.version));
  const people = await readPeople(
    tx,
    since.flatMap(({ userId }) => userId ?? []),
  );
  const by = since.flatMap(({ userId }) => (userId ? (people.get(userId)?.name ?? "a former member") : []));
  return {
    version: now.version,
    by: [...new Set(by)],
    at: (since.at(-1)?.at ?? now.updatedAt).toISOString(),
    changes: base ? changesBetween(contentOf(base), now.content) : [],
  };
}
