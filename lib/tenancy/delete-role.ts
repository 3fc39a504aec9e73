import { count, eq } from "drizzle-orm";
import { invitations } from "#/drizzle/schema/invitations.ts";
import { members } from "#/drizzle/schema/members.ts";
import { roles } from "#/drizzle/schema/roles.ts";
import { signInSettings } from "#/drizzle/schema/sign-in-settings.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { audit } from "./audit.ts";
import type { Asking } from "./permissions.ts";
import { refuseGreater } from "./save-role.ts";

/** Deletes a role that nobody holds. Invitations that would give it end with it. */
export function deleteRole(db: Database, asking: Asking, roleId: string): Promise<void> {
  return withTenant(db, asking.tenantId, async (tx) => {
    const name = await refuseGreater(tx, asking, roleId);
    const [held] = await tx.select({ people: count() }).from(members).where(eq(members.roleId, roleId));
    if (held && held.people > 0)
      throw new AppError(
        "conflict",
        `${held.people === 1 ? "One person holds" : `${held.people} people hold`} this role. Give them another one first.`,
      );
    const joining = await tx.select().from(signInSettings).where(eq(signInSettings.joinRoleId, roleId));
    if (joining.length > 0)
      throw new AppError(
        "conflict",
        "People who join by single sign-on get this role. Choose another there first.",
      );
    await tx.delete(invitations).where(eq(invitations.roleId, roleId));
    await tx.delete(roles).where(eq(roles.id, roleId));
    await audit(tx, asking, { action: "role.deleted", target: roleId, detail: { name } });
  });
}
