import postgres from "postgres";
import { afterAll, beforeEach, expect, test } from "vitest";
import { openDatabase } from "#/lib/db/database.ts";
import { testDatabase } from "#/tests/support/test-database.ts";
import { bulkChange, undoBulk } from "./bulk-change.ts";
import { explainQueue } from "./explain-queue.ts";
import { listMappings } from "./list-mappings.ts";
import { listVersions } from "./list-versions.ts";
import { defaultProfileSchema } from "./mapping-form.ts";
import { restoreVersion } from "./restore-version.ts";
import { saveDefaultProfile } from "./save-default-profile.ts";
import { saveMapping } from "./save-mapping.ts";
import { aMapping, aWorld, mappingForm, type World } from "./testing/mapping-world.ts";

const { ownerUrl, appUrl } = await testDatabase();
const owner = postgres(ownerUrl);
const { db, close } = openDatabase(appUrl, { max: 2 });
afterAll(() => Promise.all([close(), owner.end()]));

let acme: World;
beforeEach(async () => {
  acme = await aWorld(owner);
});

const form = (changes: object = {}) => mappingForm(acme, changes);
const mapped = (changes: object = {}) => aMapping(db, acme, changes);

const versions = async (profileId: string) =>
  (await listVersions(db, acme.tenantId, profileId)).map(({ version, by, origin, changes }) => ({
    version,
    by,
    origin,
    changes: changes.map(({ field, to }) => `${field}: ${to}`),
  }));

test("each save keeps what was before, who changed it and what", async () => {
  const { mappingId, profileId } = await mapped();
  await saveMapping(
    db,
    acme.ben,
    form({ mappingId, version: 1, threshold: "0.6", systemPrompt: "Be brief." }),
  );
  expect(await versions(profileId)).toEqual([
    { version: 2, by: "Ben", origin: "form", changes: ["Threshold: 0.6", "System prompt: Be brief."] },
    { version: 1, by: "Ada", origin: "form", changes: [] },
  ]);
});

test("a save that changes nothing is no new version", async () => {
  const { mappingId, profileId } = await mapped({ threshold: "0.6" });
  expect(await saveMapping(db, acme.ben, form({ mappingId, version: 1, threshold: "0.60" }))).toMatchObject({
    version: 1,
  });
  expect(await versions(profileId)).toHaveLength(1);
});

test("of two admins with one mapping the second is told what changed and by whom, and nothing is written", async () => {
  const { mappingId, profileId } = await mapped();
  await saveMapping(db, acme.ada, form({ mappingId, version: 1, threshold: "0.6" }));
  const late = await saveMapping(db, acme.ben, form({ mappingId, version: 1, queueName: "Ben's name" }));
  expect(late).toMatchObject({
    stale: {
      version: 2,
      by: ["Ada"],
      changes: [{ field: "Threshold", from: "the product's own", to: "0.6" }],
    },
  });
  expect((await listMappings(db, acme.tenantId)).mappings[0]).toMatchObject({
    queueName: "Billing",
    threshold: expect.closeTo(0.6, 5),
  });
  // Knowingly: the form takes the version that it was told of.
  await saveMapping(db, acme.ben, form({ mappingId, version: 2, queueName: "Ben's name" }));
  expect((await versions(profileId))[0]).toMatchObject({ version: 3, by: "Ben" });
});

test("of two saves at the same moment one is told", async () => {
  const { mappingId } = await mapped();
  const saved = await Promise.all([
    saveMapping(db, acme.ada, form({ mappingId, version: 1, threshold: "0.6" })),
    saveMapping(db, acme.ben, form({ mappingId, version: 1, threshold: "0.7" })),
  ]);
  expect(saved.filter((one) => "stale" in one)).toHaveLength(1);
});

test("the default has versions and is not overwritten either", async () => {
  const fallback = (changes: object) =>
    defaultProfileSchema.parse({ knowledgeBaseId: acme.help, ...changes });
  await saveDefaultProfile(db, acme.ada, fallback({}));
  await saveDefaultProfile(db, acme.ada, fallback({ version: 1, threshold: "0.5" }));
  expect(await saveDefaultProfile(db, acme.ben, fallback({ version: 1 }))).toMatchObject({
    stale: { by: ["Ada"] },
  });
});

test("a former version comes back as the next one; what it needs and was deleted is named", async () => {
  const { mappingId, profileId } = await mapped();
  await saveMapping(db, acme.ada, form({ mappingId, version: 1, knowledgeBaseId: acme.help }));
  expect(await restoreVersion(db, acme.ben, { profileId, version: 1, expected: 2 })).toEqual({ version: 3 });
  expect((await listMappings(db, acme.tenantId)).mappings[0]?.knowledgeBase).toBe("Billing articles");
  await owner`update profiles set knowledge_base_id = null, version = 4 where id = ${profileId}`;
  await owner`delete from knowledge_bases where id = ${acme.billing}`;
  await expect(restoreVersion(db, acme.ben, { profileId, version: 1, expected: 4 })).rejects.toThrow(
    "knowledge base does not exist",
  );
  const kept = await listVersions(db, acme.tenantId, profileId);
  expect(kept.map(({ version, origin }) => [version, origin])).toEqual([
    [4, "seen"],
    [3, "restore"],
    [2, "form"],
    [1, "form"],
  ]);
  // The name outlives the base.
  expect(kept[3]?.content.knowledgeBase).toBe("Billing articles");
});

test("many mappings change together, and what nobody touched since is undone", async () => {
  const first = await mapped();
  const second = await mapped({ queueId: "q-2", queueName: "Returns", threshold: "0.5" });
  const pick = ({ mappingId, version }: typeof first) => ({ mappingId, version });
  const { changed, same } = await bulkChange(db, acme.ada, {
    mappings: [pick(first), pick(second)],
    set: { threshold: 0.5, knowledgeBaseId: acme.billing },
  });
  expect({ changed: changed.length, same }).toEqual({ changed: 1, same: 1 });
  expect(await undoBulk(db, acme.ada, { changed })).toEqual({ restored: 1, left: [] });
  expect((await versions(first.profileId))[0]).toMatchObject({ version: 3, origin: "undo" });

  const again = await bulkChange(db, acme.ada, {
    mappings: [{ mappingId: first.mappingId, version: 3 }],
    set: { threshold: 0.9 },
  });
  await saveMapping(db, acme.ben, form({ mappingId: first.mappingId, version: 4, threshold: "0.1" }));
  expect(await undoBulk(db, acme.ada, again)).toEqual({ restored: 0, left: ["Billing"] });
});

test("a bulk change that meets somebody else's changes nothing at all", async () => {
  const first = await mapped();
  const second = await mapped({ queueId: "q-2", queueName: "Returns" });
  await saveMapping(db, acme.ben, form({ mappingId: first.mappingId, version: 1, threshold: "0.3" }));
  const mappings = [second, first].map(({ mappingId, version }) => ({ mappingId, version }));
  await expect(bulkChange(db, acme.ada, { mappings, set: { threshold: 0.9 } })).rejects.toThrow(
    'Ben changed "Billing" meanwhile',
  );
  expect(await versions(second.profileId)).toHaveLength(1);
});

test("any queue says what it would use and what decides it", async () => {
  const explain = (queueId?: string) =>
    explainQueue(db, acme.tenantId, { connectionId: acme.connectionId, queueId });
  expect(await explain("q-1")).toMatchObject({ why: "nothing", knowledgeBase: undefined });
  await saveDefaultProfile(db, acme.ada, defaultProfileSchema.parse({ knowledgeBaseId: acme.help }));
  const { mappingId } = await mapped({ knowledgeBaseId: "" });
  expect(await explain("q-1")).toMatchObject({
    why: "queue mapping",
    mappingId,
    knowledgeBase: { name: "Help centre", documents: 0, from: "default" },
  });
  expect(await explain("q-9")).toMatchObject({ why: "tenant default", mappingId: undefined });
});

test("nothing of this can be read or changed by another tenant", async () => {
  const { mappingId, profileId, version } = await mapped();
  const other = await aWorld(owner);
  expect(await listVersions(db, other.tenantId, profileId)).toEqual([]);
  const tries = [
    () => restoreVersion(db, other.ada, { profileId, version: 1, expected: 1 }),
    () => bulkChange(db, other.ada, { mappings: [{ mappingId, version }], set: { threshold: 0.1 } }),
    () => undoBulk(db, other.ada, { changed: [{ mappingId, before: 1, after: 1 }] }),
    () => explainQueue(db, other.tenantId, { connectionId: acme.connectionId, queueId: "q-1" }),
    () =>
      bulkChange(db, acme.ada, { mappings: [{ mappingId, version }], set: { knowledgeBaseId: other.help } }),
  ];
  for (const attempt of tries) await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
});
