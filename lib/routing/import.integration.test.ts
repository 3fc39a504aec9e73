import postgres from "postgres";
import { afterAll, beforeEach, expect, test } from "vitest";
import { openDatabase } from "#/lib/db/database.ts";
import { testDatabase } from "#/tests/support/test-database.ts";
import { undoBulk } from "./bulk-change.ts";
import { importMappings, planImport } from "./import-mappings.ts";
import { listMappings } from "./list-mappings.ts";
import { writeMappingsCsv } from "./mapping-csv.ts";
import { aMapping, aWorld, type World } from "./testing/mapping-world.ts";

const { ownerUrl, appUrl } = await testDatabase();
const owner = postgres(ownerUrl);
const { db, close } = openDatabase(appUrl, { max: 2 });
afterAll(() => Promise.all([close(), owner.end()]));

let acme: World;
beforeEach(async () => {
  acme = await aWorld(owner);
});

const mapped = (changes: object = {}) => aMapping(db, acme, changes);

test("a file says what it would do, with each mistake at its line, before anything is done", async () => {
  await mapped();
  const plan = await planImport(
    db,
    acme.tenantId,
    [
      "connection,queue_id,queue_name,knowledge_base,threshold",
      'Main line,q-1,"Billing,',
      'two lines",Help centre,0.5',
      "Main line,q-2,Returns,Help centre,",
      "Main line,q-2,Returns again,,",
      "Elsewhere,q-3,,No such base,2",
      "Main line,,,,",
    ].join("\n"),
  );
  if ("problem" in plan) throw new Error(plan.problem);
  expect(plan.rows.map(({ line, action, errors }) => [line, action, errors])).toEqual([
    [2, "change", []],
    [4, "add", []],
    [5, "error", ["The same queue is in line 4."]],
    [
      6,
      "error",
      [
        'connection: there is none named "Elsewhere".',
        'knowledge_base: there is no knowledge base named "No such base".',
        "threshold: Between 0 and 1.",
      ],
    ],
    [7, "error", ["queue_id: Choose a queue or type its id."]],
  ]);
  await expect(
    importMappings(db, acme.ada, { text: "connection,queue_id\nElsewhere,q", fingerprint: "x" }),
  ).rejects.toThrow("The file has errors");
});

test("a written file read again changes nothing, and a changed one is done once and can be undone", async () => {
  await mapped({ systemPrompt: '=HYPERLINK("x"), "quoted"\nand a second line', threshold: "0.35" });
  const text = writeMappingsCsv((await listMappings(db, acme.tenantId)).mappings);
  expect(text).toContain("'=HYPERLINK");
  expect(await planImport(db, acme.tenantId, text)).toMatchObject({ same: 1, changed: 0, errors: 0 });

  const edited = text.replace("0.35", "0.45");
  const plan = await planImport(db, acme.tenantId, edited);
  if ("problem" in plan) throw new Error(plan.problem);
  const done = await importMappings(db, acme.ada, { text: edited, fingerprint: plan.fingerprint });
  expect(done.changed).toHaveLength(1);
  await expect(
    importMappings(db, acme.ada, { text: edited, fingerprint: plan.fingerprint }),
  ).rejects.toMatchObject({ code: "conflict" });
  await undoBulk(db, acme.ada, done);
  expect((await listMappings(db, acme.tenantId)).mappings[0]?.threshold).toBeCloseTo(0.35);
});

test("what is no file of mappings is refused in words", async () => {
  const problem = async (text: string) => {
    const plan = await planImport(db, acme.tenantId, text);
    return "problem" in plan ? plan.problem : "";
  };
  expect(await problem("")).toContain("The file is empty");
  expect(await problem("queue_id\nq-1")).toContain("connection is not among them");
  expect(await problem("connection,queue_id,colour\nMain line,q-1,red")).toContain('"colour"');
  expect(await problem('connection,queue_id\n"Main line,q-1')).toContain("cannot be read");
});
