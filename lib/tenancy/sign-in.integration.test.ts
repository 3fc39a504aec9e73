import { afterAll, expect, test } from "vitest";
import { openDatabase } from "#/lib/db/database.ts";
import { aMember } from "#/tests/factories/person.ts";
import { aConnection } from "#/tests/factories/tenant.ts";
import { testDatabase } from "#/tests/support/test-database.ts";
import { listMemberships } from "./list-memberships.ts";
import { removeMember } from "./remove-member.ts";
import { signInByProvider } from "./sign-in-by-provider.ts";
import { saveSignInSettings, signInFormSchema } from "./sign-in-settings.ts";

const urls = await testDatabase();
const owner = openDatabase(urls.ownerUrl);
const { db, close } = openDatabase(urls.appUrl);
afterAll(async () => {
  await close();
  await owner.close();
});

const BY_PASSWORD = { provider: "password", directory: "" } as const;
const DIRECTORY = "8eaef023-2b34-4da1-9baa-8bc8c9d6a490";

const form = (fields: object) => signInFormSchema.parse({ domains: "", passwords: true, ...fields });
let made = 0;

async function aTenant(fields: object = {}) {
  const domain = `company${++made}.example`;
  const { tenantId } = await aConnection(owner.db);
  const boss = { ...(await aMember(owner.db, tenantId, "owner")), origin: BY_PASSWORD };
  await saveSignInSettings(db, boss, form({ domains: domain, google: "on", ...fields }));
  const google = (name: string) => ({
    provider: "google" as const,
    subject: `${name}@${domain}`,
    directory: domain,
    email: `${name}@${domain}`,
    name,
  });
  return { tenantId, boss, domain, google };
}

test("a member signs in at the provider, and a stranger of the same domain does not", async () => {
  const { tenantId, domain, google } = await aTenant();
  const ana = await aMember(owner.db, tenantId, "admin", { email: `ana@${domain}` });
  const signedIn = await signInByProvider(db, google("ana"));
  expect(signedIn?.userId).toBe(ana.userId);
  const origin = { provider: "google", directory: domain } as const;
  expect((await listMemberships(db, ana.userId, origin)).map(({ id }) => id)).toEqual([tenantId]);
  expect(await signInByProvider(db, google("eve"))).toBeUndefined();
});

test("where people may join, the first sign-in makes a member with the role that was set, once", async () => {
  const { tenantId, domain, google } = await aTenant({ joinRole: "supervisor" });
  const first = await signInByProvider(db, google("new"));
  const again = await signInByProvider(db, google("new"));
  expect(again?.userId).toBe(first?.userId);
  const [membership] = await listMemberships(db, first?.userId ?? "", {
    provider: "google",
    directory: domain,
  });
  expect(membership).toMatchObject({ id: tenantId, role: { id: "supervisor" } });
});

test("a directory that rules one tenant opens no other tenant of the same person", async () => {
  const mine = await aTenant();
  const other = await aConnection(owner.db);
  const victim = await aMember(owner.db, other.tenantId, "owner", { email: `ana@${mine.domain}` });
  expect(await signInByProvider(db, mine.google("ana"))).toBeUndefined();
  const { members } = await import("#/drizzle/schema/members.ts");
  await owner.db.insert(members).values({ tenantId: mine.tenantId, userId: victim.userId, role: "agent" });
  const session = await signInByProvider(db, mine.google("ana"));
  const opened = await listMemberships(db, session?.userId ?? "", {
    provider: "google",
    directory: mine.domain,
  });
  expect(opened.map(({ id }) => id)).toEqual([mine.tenantId]);
  expect((await listMemberships(db, victim.userId, BY_PASSWORD)).length).toBe(2);
});

test("another domain's hosted account, another provider and another directory open nothing", async () => {
  const { tenantId, domain, google } = await aTenant({ joinRole: "agent" });
  await aMember(owner.db, tenantId, "admin", { email: `ana@${domain}` });
  const wrong = { ...google("ana"), directory: "elsewhere.example" };
  expect(await signInByProvider(db, wrong)).toBeUndefined();
  expect(
    await signInByProvider(db, { ...google("ana"), provider: "microsoft", directory: DIRECTORY }),
  ).toBeUndefined();
  expect(await signInByProvider(db, { ...google("x"), email: "x@elsewhere.example" })).toBeUndefined();
});

test("Microsoft opens a tenant by directory and domain together", async () => {
  const { tenantId, domain, google } = await aTenant({ google: false, microsoftDirectories: DIRECTORY });
  await aMember(owner.db, tenantId, "admin", { email: `ana@${domain}` });
  const microsoft = { ...google("ana"), provider: "microsoft" as const, directory: DIRECTORY };
  expect(await signInByProvider(db, microsoft)).toBeDefined();
  expect(
    await signInByProvider(db, { ...microsoft, subject: "2", email: "ana@elsewhere.example" }),
  ).toBeUndefined();
  expect(await signInByProvider(db, google("ana"))).toBeUndefined();
});

test("a removed member's session from the provider opens nothing any more", async () => {
  const { tenantId, boss, domain, google } = await aTenant();
  const ana = await aMember(owner.db, tenantId, "admin", { email: `ana@${domain}` });
  await signInByProvider(db, google("ana"));
  await removeMember(db, boss, ana.userId);
  expect(await listMemberships(db, ana.userId, { provider: "google", directory: domain })).toEqual([]);
  expect(await signInByProvider(db, google("ana"))).toBeUndefined();
});

test("passwords are switched off only from a session that the new settings let in, and then open nothing", async () => {
  const { tenantId, boss, domain } = await aTenant();
  const off = form({ domains: domain, google: "on", passwords: false });
  await expect(saveSignInSettings(db, boss, off)).rejects.toThrow("Sign in by single sign-on first");
  const ana = await aMember(owner.db, tenantId, "owner", { email: `ana@${domain}` });
  const origin = { provider: "google", directory: domain } as const;
  await saveSignInSettings(db, { ...ana, origin }, off);
  expect(await listMemberships(db, ana.userId, BY_PASSWORD)).toEqual([]);
  expect((await listMemberships(db, ana.userId, origin)).length).toBe(1);
});

test("nobody joins as an owner, and public mail services stand for no company", async () => {
  const { boss, domain } = await aTenant();
  const owners = form({ domains: domain, google: "on", joinRole: "owner" });
  await expect(saveSignInSettings(db, boss, owners)).rejects.toThrow("Nobody becomes an owner");
  const refused = signInFormSchema.safeParse({ domains: "gmail.com", google: "on" });
  expect(refused.error?.issues[0]?.path).toEqual(["domains"]);
});
