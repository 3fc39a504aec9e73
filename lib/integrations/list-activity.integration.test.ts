import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { deliveries } from "#/drizzle/schema/deliveries.ts";
import { openDatabase } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { aConnection } from "#/tests/factories/tenant.ts";
import { testDatabase } from "#/tests/support/test-database.ts";
import { listActivity } from "./list-activity.ts";

const urls = await testDatabase();
const owner = openDatabase(urls.ownerUrl);
const app = openDatabase(urls.appUrl);
afterAll(() => Promise.all([app.close(), owner.close()]));

test("what could not be read and what is of an unknown kind are told apart", async () => {
  const { tenantId, connectionId } = await aConnection(owner.db);
  const one = { tenantId, connectionId, door: "widget" as const, payload: {}, receivedAt: new Date() };
  await withTenant(app.db, tenantId, (tx) =>
    tx.insert(deliveries).values([
      { ...one, messageId: randomUUID(), state: "dead", reason: "no text in it" },
      { ...one, messageId: randomUUID(), state: "parked", reason: "a kind of tomorrow" },
      { ...one, messageId: randomUUID(), state: "processed" },
    ]),
  );
  const { refused, parked } = await listActivity(app.db, tenantId, connectionId);
  expect(refused.map(({ reason }) => reason)).toEqual(["no text in it"]);
  expect(parked.map(({ reason }) => reason)).toEqual(["a kind of tomorrow"]);
});
