import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { afterAll, expect, test } from "vitest";
import { parseKeyRing } from "#/lib/crypto/key-ring.ts";
import { openDatabase } from "#/lib/db/database.ts";
import { createConnection } from "#/lib/integrations/create-connection.ts";
import { byName } from "#/lib/integrations/new-credentials.ts";
import { setConnectionActive } from "#/lib/integrations/save-connection.ts";
import { testDatabase } from "#/tests/support/test-database.ts";
import { createOrganizationDirectory } from "./organization-directory.ts";

const { ownerUrl, appUrl } = await testDatabase();
const owner = postgres(ownerUrl);
const { db, close } = openDatabase(appUrl, { max: 2 });
const ring = parseKeyRing(`k1:${randomBytes(32).toString("base64")}`);
afterAll(() => Promise.all([close(), owner.end()]));

const ORG = "00D5g0000012345";

async function aConnectedOrg(orgId: string) {
  const [tenant] =
    await owner`insert into tenants (slug, name) values (${crypto.randomUUID()}, 'Acme') returning id`;
  const actor = { tenantId: tenant?.id as string, userId: crypto.randomUUID() };
  const { connectionId, shown } = await createConnection({ db, ring }, actor, {
    platform: "salesforce",
    name: "Org",
    settings: { myDomain: "https://acme.my.salesforce.com", consumerKey: "key", orgId },
    secrets: { consumerSecret: "secret" },
  });
  return { actor, connectionId, secret: byName(shown).exchangeSecret };
}

test("connections are found by their organization over all tenants, each with its own secret", async () => {
  let now = 0;
  const find = createOrganizationDirectory({ db, ring, clock: () => now });
  expect(await find(ORG)).toEqual([]);

  const one = await aConnectedOrg(`${ORG}EAB`);
  const other = await aConnectedOrg(ORG);
  await aConnectedOrg("00D9z0000099999");
  now += 2_000;
  const found = await find(ORG);
  expect(found.map(({ connectionId }) => connectionId).sort()).toEqual(
    [one.connectionId, other.connectionId].sort(),
  );
  for (const { actor, connectionId, secret } of [one, other])
    expect(found.find((each) => each.connectionId === connectionId)).toMatchObject({
      tenantId: actor.tenantId,
      values: { exchangeSecret: secret, consumerSecret: "secret" },
    });

  await setConnectionActive(db, one.actor, one.connectionId, false);
  expect((await find(ORG)).map(({ connectionId }) => connectionId)).toEqual([other.connectionId]);
});

test("a second connection of a known organization is found as soon as the first is in doubt", async () => {
  let now = 0;
  const find = createOrganizationDirectory({ db, ring, clock: () => now });
  const first = await aConnectedOrg("00D5g0000077777");
  expect((await find("00D5g0000077777")).map(({ connectionId }) => connectionId)).toEqual([
    first.connectionId,
  ]);
  const second = await aConnectedOrg("00D5g0000077777");
  now += 2_000;
  expect(await find("00D5g0000077777")).toHaveLength(1);
  const again = await find("00D5g0000077777", true);
  expect(again.map(({ connectionId }) => connectionId)).toContain(second.connectionId);
});
