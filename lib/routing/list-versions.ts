import { desc, eq } from "drizzle-orm";
import { profileVersions, type VersionOrigin } from "#/drizzle/schema/profile-versions.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { readPeople } from "#/lib/tenancy/read-people.ts";
import { changesBetween, type ProfileChange, type ProfileContent } from "./profile-changes.ts";
import { contentOf, readProfile } from "./profile-content.ts";

export type VersionRow = {
  version: number;
  at: Date;
  /** Undefined: nobody saved it here; it came with a seed, or with what a deleted base or model left. */
  by: string | undefined;
  origin: VersionOrigin;
  restored: number | undefined;
  content: ProfileContent;
  /** Against the version before it; empty for the first one that is kept. */
  changes: ProfileChange[];
  current: boolean;
};

const MOST = 100;

/** What a profile was, newest first, as far as a hundred versions back. */
export function listVersions(db: Database, tenantId: string, profileId: string): Promise<VersionRow[]> {
  return withTenant(db, tenantId, async (tx) => {
    const rows = await tx
      .select()
      .from(profileVersions)
      .where(eq(profileVersions.profileId, profileId))
      .orderBy(desc(profileVersions.version))
      .limit(MOST + 1);
    const now = await readProfile(tx, profileId);
    const people = await readPeople(
      tx,
      rows.flatMap(({ userId }) => userId ?? []),
    );
    const kept: Omit<VersionRow, "changes" | "current">[] = rows.map((row) => ({
      version: row.version,
      at: row.createdAt,
      by: row.userId ? (people.get(row.userId)?.name ?? "a former member") : undefined,
      origin: row.origin,
      restored: row.restored ?? undefined,
      content: contentOf(row),
    }));
    const unseen = now && !kept.some(({ version }) => version === now.version);
    const all = unseen ? [seen(now), ...kept] : kept;
    return all.slice(0, MOST).map((row, index) => {
      const before = all[index + 1];
      return {
        ...row,
        changes: before ? changesBetween(before.content, row.content) : [],
        current: row.version === now?.version,
      };
    });
  });
}

/** The current state where nobody has saved it here. */
function seen({ version, updatedAt, content }: NonNullable<Awaited<ReturnType<typeof readProfile>>>) {
  return { version, at: updatedAt, by: undefined, origin: "seen" as const, restored: undefined, content };
}
