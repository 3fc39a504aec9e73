import { afterAll, expect, test } from "vitest";
import { openDatabase } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { aMember } from "#/tests/factories/person.ts";
import { aConnection } from "#/tests/factories/tenant.ts";
import { testDatabase } from "#/tests/support/test-database.ts";
import { audit } from "./audit.ts";
import { parseAuditFilter } from "./audit-filter.ts";
import { exportAudit } from "./export-audit.ts";
import { listAudit, listAuditPeople } from "./list-audit.ts";

const urls = await testDatabase();
const owner = openDatabase(urls.ownerUrl);
const { db, close } = openDatabase(urls.appUrl);
afterAll(async () => {
  await close();
  await owner.close();
});

async function aLog() {
  const { tenantId } = await aConnection(owner.db);
  const boss = await aMember(owner.db, tenantId, "owner");
  const admin = await aMember(owner.db, tenantId, "admin");
  await withTenant(db, tenantId, async (tx) => {
    for (let n = 0; n < 7; n++)
      await audit(tx, boss, { action: "model.saved", target: `m${n}`, detail: { name: `Model ${n}` } });
    await audit(tx, admin, { action: "key.created", target: "k1", detail: { name: "100%_sure" } });
  });
  return { tenantId, boss, admin };
}

const filter = (params: object) => parseAuditFilter(params as Record<string, string>, Date.now());

test("the log is paged from the newest, without a gap or a repeat", async () => {
  const { tenantId } = await aLog();
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await listAudit(db, tenantId, { ...filter({}), after }, 3);
    seen.push(...page.rows.map(({ target }) => target));
    after = page.next;
  } while (after);
  expect(seen).toEqual(["k1", "m6", "m5", "m4", "m3", "m2", "m1", "m0"]);
});

test("who, area, target, words and time narrow it, and other tenants' entries are not in it", async () => {
  const { tenantId, admin } = await aLog();
  await aLog();
  const targets = async (params: object) =>
    (await listAudit(db, tenantId, filter(params))).rows.map(({ target }) => target);
  expect(await targets({ who: admin.userId })).toEqual(["k1"]);
  expect(await targets({ area: "key" })).toEqual(["k1"]);
  expect(await targets({ target: "m3" })).toEqual(["m3"]);
  expect(await targets({ q: "100%_S" })).toEqual(["k1"]);
  expect(await targets({ q: "100%xs" })).toEqual([]);
  expect((await targets({ time: "24h" })).length).toBe(8);
  expect((await targets({ who: "nonsense", area: "nonsense", after: "nonsense" })).length).toBe(8);
  expect((await listAuditPeople(db, tenantId)).length).toBe(2);
});

test("an export holds every line, stands in the log itself, and no cell is a formula", async () => {
  const { tenantId, boss } = await aLog();
  await withTenant(db, tenantId, (tx) =>
    audit(tx, boss, { action: "role.saved", target: '=HYPERLINK("x")' }),
  );
  const read = async (format: "csv" | "jsonl") => {
    let text = "";
    for await (const part of exportAudit(db, boss, { filter: filter({}), format })) text += part;
    return text.trim().split(/\r?\n/);
  };
  const csv = await read("csv");
  expect(csv.length).toBe(1 + 10);
  expect(csv[1]).toContain("audit.exported");
  expect(csv[2]).toContain(`"'=HYPERLINK(""x"")"`);
  const jsonl = await read("jsonl");
  expect(jsonl.length).toBe(11);
  expect(JSON.parse(jsonl[2] ?? "")).toMatchObject({ action: "role.saved", who: { email: boss.email } });
});
