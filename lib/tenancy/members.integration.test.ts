import { eq } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { auditEntries } from "#/drizzle/schema/audit-entries.ts";
import { hashPassword } from "#/lib/crypto/password.ts";
import { openDatabase } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { aMember } from "#/tests/factories/person.ts";
import { aConnection } from "#/tests/factories/tenant.ts";
import { testDatabase } from "#/tests/support/test-database.ts";
import { acceptAsUser, acceptWithNewAccount, readInvitation } from "./accept-invitation.ts";
import { changePassword, endSessions } from "./change-account.ts";
import { changeMemberRole } from "./change-member-role.ts";
import { deleteRole } from "./delete-role.ts";
import { inviteMember } from "./invite-member.ts";
import { listMembers } from "./list-members.ts";
import { listMemberships } from "./list-memberships.ts";
import { listRoles } from "./list-roles.ts";
import { type Asking, ownRole } from "./permissions.ts";
import { readAccount } from "./read-account.ts";
import { removeMember } from "./remove-member.ts";
import { revokeInvitation } from "./revoke-invitation.ts";
import { saveRole } from "./save-role.ts";
import { verifySignIn } from "./verify-sign-in.ts";

const urls = await testDatabase();
const owner = openDatabase(urls.ownerUrl);
const { db, close } = openDatabase(urls.appUrl);
afterAll(async () => {
  await close();
  await owner.close();
});

const deps = { db, clock: () => Date.now() };
const BY_PASSWORD = { provider: "password", directory: "" } as const;

async function aTenant() {
  const { tenantId } = await aConnection(owner.db);
  return { tenantId, boss: await aMember(owner.db, tenantId, "owner") };
}

function actionsOf(tenantId: string) {
  return withTenant(db, tenantId, (tx) =>
    tx.select({ action: auditEntries.action }).from(auditEntries).orderBy(auditEntries.id),
  ).then((rows) => rows.map(({ action }) => action));
}

test("an invited person makes an account with the link once, and has the role from then on", async () => {
  const { tenantId, boss } = await aTenant();
  const email = `new-${tenantId}@example.com`;
  const { token } = await inviteMember(deps, boss, { email, role: "support" });
  expect(await readInvitation(db, token)).toMatchObject({
    email,
    roleName: "Support engineer",
    accountExists: false,
  });
  const account = { token, name: "Ana", password: "a few words in a row", again: "a few words in a row" };
  await acceptWithNewAccount(db, account);
  await expect(acceptWithNewAccount(db, account)).rejects.toThrow("does not count any more");
  const user = await verifySignIn(db, { email, password: account.password });
  const [membership] = await listMemberships(db, user?.userId ?? "", BY_PASSWORD);
  expect(membership?.role.id).toBe("support");
  expect(await actionsOf(tenantId)).toEqual(["member.invited", "member.joined"]);
});

test("a person with an account joins by it, and nobody else's account can take the link", async () => {
  const { boss } = await aTenant();
  const { boss: ana } = await aTenant();
  const { boss: eve } = await aTenant();
  const { token } = await inviteMember(deps, boss, { email: ana.email, role: "admin" });
  expect((await readInvitation(db, token))?.accountExists).toBe(true);
  await expect(acceptAsUser(db, token, eve.userId)).rejects.toThrow("does not count");
  await expect(
    acceptWithNewAccount(db, { token, name: "Eve", password: "x".repeat(12), again: "x".repeat(12) }),
  ).rejects.toThrow("does not count");
  await acceptAsUser(db, token, ana.userId);
  expect((await listMemberships(db, ana.userId, BY_PASSWORD)).length).toBe(2);
});

test("a link that expired, was revoked or was followed by another one does not count", async () => {
  const { boss } = await aTenant();
  const form = { email: "late@example.com", role: "agent" };
  const long = await inviteMember({ db, clock: () => Date.now() - 8 * 86_400_000 }, boss, form);
  const first = await inviteMember(deps, boss, form);
  const second = await inviteMember(deps, boss, form);
  expect(await readInvitation(db, long.token)).toBeUndefined();
  expect(await readInvitation(db, first.token)).toBeUndefined();
  expect(await readInvitation(db, second.token)).toBeDefined();
  await revokeInvitation(db, boss, second.id);
  expect(await readInvitation(db, second.token)).toBeUndefined();
});

test("the last owner can neither be demoted nor removed, one of two can", async () => {
  const { tenantId, boss } = await aTenant();
  await expect(changeMemberRole(db, boss, { userId: boss.userId, role: "admin" })).rejects.toThrow(
    "last owner",
  );
  await expect(removeMember(db, boss, boss.userId)).rejects.toThrow("last owner");
  const second = await aMember(owner.db, tenantId, "owner");
  const both = await Promise.allSettled([
    removeMember(db, boss, boss.userId),
    removeMember(db, second, second.userId),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
});

test("an admin cannot make, change or remove an owner", async () => {
  const { tenantId, boss } = await aTenant();
  const admin = await aMember(owner.db, tenantId, "admin");
  await expect(inviteMember(deps, admin, { email: "x@example.com", role: "owner" })).rejects.toThrow(
    "Only an owner",
  );
  await expect(changeMemberRole(db, admin, { userId: admin.userId, role: "owner" })).rejects.toThrow(
    "Only an owner",
  );
  await expect(removeMember(db, admin, boss.userId)).rejects.toThrow("ask an owner");
});

test("a role with little cannot give more than it has, by member, role or key", async () => {
  const { tenantId, boss } = await aTenant();
  const roleId = await saveRole(db, boss, {
    name: "People",
    permissions: ["settings:read", "members:write", "overview:read"],
  });
  const people: Asking = {
    ...(await aMember(owner.db, tenantId, "agent")),
    role: ownRole({
      id: roleId,
      name: "People",
      permissions: ["settings:read", "members:write", "overview:read"],
    }),
  };
  await expect(inviteMember(deps, people, { email: "y@example.com", role: "support" })).rejects.toThrow(
    "may do more",
  );
  await expect(saveRole(db, people, { name: "Mine", permissions: ["knowledge:write"] })).rejects.toThrow(
    "does not hold",
  );
  const greater = await saveRole(db, boss, { name: "Editors", permissions: ["knowledge:write"] });
  await expect(
    saveRole(db, people, { id: greater, name: "Editors", permissions: ["overview:read"] }),
  ).rejects.toThrow("ask an owner");
  await expect(inviteMember(deps, people, { email: "z@example.com", role: roleId })).resolves.toBeDefined();
});

test("a role of the tenant's own decides at each request, and is deleted once nobody holds it", async () => {
  const { tenantId, boss } = await aTenant();
  const ana = await aMember(owner.db, tenantId, "agent");
  const roleId = await saveRole(db, boss, { name: "Readers", permissions: ["knowledge:read"] });
  await changeMemberRole(db, boss, { userId: ana.userId, role: roleId });
  const rightsOf = async () => (await listMemberships(db, ana.userId, BY_PASSWORD))[0]?.role;
  expect(await rightsOf()).toEqual({ id: roleId, name: "Readers", permissions: ["knowledge:read"] });
  await saveRole(db, boss, { id: roleId, name: "Readers", permissions: [] });
  expect((await rightsOf())?.permissions).toEqual([]);
  await expect(deleteRole(db, boss, roleId)).rejects.toThrow("One person holds");
  await changeMemberRole(db, boss, { userId: ana.userId, role: "agent" });
  await deleteRole(db, boss, roleId);
  expect((await listRoles(db, tenantId)).map(({ id }) => id)).not.toContain(roleId);
});

test("another tenant's members, roles and invitations are out of reach", async () => {
  const { boss } = await aTenant();
  const other = await aTenant();
  const theirRole = await saveRole(db, other.boss, { name: "Theirs", permissions: [] });
  const invited = await inviteMember(deps, other.boss, { email: "q@example.com", role: "agent" });
  await expect(removeMember(db, boss, other.boss.userId)).rejects.toThrow("no member");
  await expect(changeMemberRole(db, boss, { userId: other.boss.userId, role: "agent" })).rejects.toThrow(
    "no member",
  );
  await expect(changeMemberRole(db, boss, { userId: boss.userId, role: theirRole })).rejects.toThrow(
    "does not exist",
  );
  await expect(saveRole(db, boss, { id: theirRole, name: "Mine", permissions: [] })).rejects.toThrow(
    "does not exist",
  );
  await expect(revokeInvitation(db, boss, invited.id)).rejects.toThrow();
  const seen = await listMembers(db, boss.tenantId);
  expect(seen.members.map(({ email }) => email)).toEqual([boss.email]);
  expect(seen.invitations).toEqual([]);
});

test("who is demoted or removed leaves no open link behind", async () => {
  const { tenantId, boss } = await aTenant();
  const admin = await aMember(owner.db, tenantId, "admin");
  const { token } = await inviteMember(deps, admin, { email: "friend@example.com", role: "admin" });
  await changeMemberRole(db, boss, { userId: admin.userId, role: "agent" });
  expect(await readInvitation(db, token)).toBeUndefined();
});

test("a new password wants the present one and ends every session; names of strangers are not told", async () => {
  const { tenantId } = await aTenant();
  const ana = await aMember(owner.db, tenantId, "admin", {
    passwordHash: await hashPassword("the old password"),
  });
  const account = { userId: ana.userId, email: ana.email };
  const form = { current: "a guess", password: "an entirely new one", again: "an entirely new one" };
  await expect(changePassword(db, account, form)).rejects.toThrow("not your password");
  const before = await verifySignIn(db, { email: ana.email, password: "the old password" });
  await changePassword(db, account, { ...form, current: "the old password" });
  const now = await readAccount(db, ana.userId);
  expect(now?.sessionsFrom).toBeGreaterThan(before?.at ?? Number.POSITIVE_INFINITY);
  const after = await verifySignIn(db, { email: ana.email, password: form.password });
  expect(after?.at).toBeGreaterThanOrEqual(now?.sessionsFrom ?? 0);
  await endSessions(db, ana.userId);
  expect((await readAccount(db, ana.userId))?.sessionsFrom).toBeGreaterThan(after?.at ?? 0);
});

test("every change of this file's use cases stands in the audit log with who did it", async () => {
  const { tenantId, boss } = await aTenant();
  const roleId = await saveRole(db, boss, { name: "R", permissions: [] });
  const ana = await aMember(owner.db, tenantId, "agent");
  await changeMemberRole(db, boss, { userId: ana.userId, role: "support" });
  const { id } = await inviteMember(deps, boss, { email: "w@example.com", role: "agent" });
  await revokeInvitation(db, boss, id);
  await removeMember(db, boss, ana.userId);
  await deleteRole(db, boss, roleId);
  expect(await actionsOf(tenantId)).toEqual([
    "role.saved",
    "member.role",
    "member.invited",
    "invitation.revoked",
    "member.removed",
    "role.deleted",
  ]);
  const rows = await withTenant(db, tenantId, (tx) =>
    tx.select().from(auditEntries).where(eq(auditEntries.userId, boss.userId)),
  );
  expect(rows.length).toBe(6);
});
