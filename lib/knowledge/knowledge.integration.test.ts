import postgres from "postgres";
import { afterAll, beforeEach, expect, test } from "vitest";
import { openDatabase } from "#/lib/db/database.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { Actor } from "#/lib/tenancy/audit.ts";
import { testDatabase } from "#/tests/support/test-database.ts";
import { addDocument } from "./add-document.ts";
import { addUpload } from "./add-upload.ts";
import { deleteDocuments, retryDocuments } from "./change-documents.ts";
import type { Embedder } from "./embedding/embedder.ts";
import { indexDocument } from "./index-document.ts";
import { listBases } from "./list-bases.ts";
import { readBase, readDocumentPage } from "./read-base.ts";
import { createBase, deleteBase, renameBase } from "./save-base.ts";

const { ownerUrl, appUrl } = await testDatabase();
const owner = postgres(ownerUrl);
const { db, close } = openDatabase(appUrl, { max: 3 });
afterAll(() => Promise.all([close(), owner.end()]));

const embedder: Embedder = {
  model: "of the test",
  dimensions: 2,
  embed: async (texts) => texts.map(() => Float32Array.of(1, 0)),
  close: async () => {},
};
const broken: Embedder = {
  ...embedder,
  embed: () => Promise.reject(new AppError("upstream_unavailable", "The embedding model did not answer.")),
};

let actor: Actor;
let baseId: string;

async function anActor(): Promise<Actor> {
  const [tenant] =
    await owner`insert into tenants (slug, name) values (${crypto.randomUUID()}, 'Acme') returning id`;
  return { tenantId: tenant?.id, userId: crypto.randomUUID() };
}

beforeEach(async () => {
  actor = await anActor();
  baseId = await createBase(db, actor, "Help centre");
});

const bytes = (text: string) => new TextEncoder().encode(text);
const upload = (name: string, text: string) => addUpload(db, actor, baseId, { name, content: bytes(text) });
const index = (documentId: string, using = embedder) =>
  indexDocument({ db, embedder: using }, { tenantId: actor.tenantId, documentId });
const versionOf = async () => (await readBase(db, actor.tenantId, baseId))?.version;

const REFUNDS = "# Refunds\n\nA refund takes five days.\n\n## Cards\n\nA card refund takes ten days.";

test("a document is read, cut, embedded and found under its own title", async () => {
  const { documentId } = await upload("refunds.md", REFUNDS);
  expect(await index(documentId)).toBe("indexed");
  const page = await readDocumentPage(db, actor.tenantId, documentId);
  expect(page).toMatchObject({ title: "Refunds", state: "ready", cause: undefined });
  expect(page?.passages.map(({ text }) => text).join(" ")).toContain("ten days");
  const stored = await owner`select embedding from chunks where document_id = ${documentId}`;
  for (const { embedding } of stored) expect(embedding.length % 2).toBe(0);
  expect(await versionOf()).toBe(2);
});

test("a document that cannot be read says why, and harms no other", async () => {
  const empty = await upload("blank.html", "<html><body></body></html>");
  const good = await upload("refunds.md", REFUNDS);
  expect(await index(empty.documentId)).toBe("failed");
  expect(await index(good.documentId)).toBe("indexed");
  expect(await readDocumentPage(db, actor.tenantId, empty.documentId)).toMatchObject({
    state: "failed",
    cause: expect.stringContaining("No text was found"),
  });
});

test("what a later attempt may cure is tried again, and fails for good after three", async () => {
  const { documentId } = await upload("refunds.md", REFUNDS);
  expect(await index(documentId, broken)).toBe("later");
  expect(await index(documentId, broken)).toBe("later");
  expect(await index(documentId, broken)).toBe("failed");
  await retryDocuments(db, actor, [documentId]);
  expect(await index(documentId)).toBe("indexed");
});

test("the same content is said to be there, a changed file replaces its old self", async () => {
  const first = await upload("refunds.md", REFUNDS);
  await index(first.documentId);
  expect(await upload("copy.md", REFUNDS)).toEqual({
    outcome: "duplicate",
    documentId: first.documentId,
    of: "refunds.md",
  });
  const second = await upload("refunds.md", "# Refunds\n\nA refund takes two days.");
  expect(second).toEqual({ outcome: "replaced", documentId: first.documentId });
  await index(first.documentId);
  const page = await readDocumentPage(db, actor.tenantId, first.documentId);
  expect(page?.passages.map(({ text }) => text).join(" ")).not.toContain("five days");
});

test("a document that was replaced or deleted while it was indexed leaves nothing of the old one", async () => {
  const { documentId } = await upload("refunds.md", REFUNDS);
  const meanwhile = (work: () => Promise<unknown>): Embedder => ({
    ...embedder,
    embed: async (texts) => {
      await work();
      return embedder.embed(texts);
    },
  });
  expect(
    await index(
      documentId,
      meanwhile(() => upload("refunds.md", "# Refunds\n\nNone.")),
    ),
  ).toBe("gone");
  expect(await index(documentId)).toBe("indexed");
  await retryDocuments(db, actor, [documentId]);
  expect(
    await index(
      documentId,
      meanwhile(() => deleteDocuments(db, actor, [documentId])),
    ),
  ).toBe("gone");
  expect(await owner`select id from chunks where knowledge_base_id = ${baseId}`).toHaveLength(0);
});

test("files that can never be read are refused at the door", async () => {
  await expect(async () => upload("photo.png", "x")).rejects.toThrow("Markdown");
  await expect(async () => upload("empty.md", "")).rejects.toThrow("empty");
  await expect(async () => upload("large.txt", "x".repeat(10_000_001))).rejects.toMatchObject({
    code: "too_large",
  });
});

test("deleting a base takes its documents and leaves its profiles without one", async () => {
  await upload("refunds.md", REFUNDS);
  await owner`insert into profiles (tenant_id, is_default, knowledge_base_id) values (${actor.tenantId}, true, ${baseId})`;
  expect(await listBases(db, actor.tenantId)).toMatchObject([{ documents: 1, usedBy: ["Tenant default"] }]);
  await expect(deleteBase(db, actor, { baseId, name: "help" })).rejects.toMatchObject({
    code: "invalid_input",
  });
  await deleteBase(db, actor, { baseId, name: "Help centre" });
  const [profile] =
    await owner`select knowledge_base_id, version from profiles where tenant_id = ${actor.tenantId}`;
  expect(profile).toEqual({ knowledge_base_id: null, version: 2 });
});

test("another tenant's base and documents do not exist", async () => {
  const { documentId } = await upload("refunds.md", REFUNDS);
  const stranger = await anActor();
  const page = { source: "upload", origin: "x.md", mediaType: "text/markdown", content: bytes("x") } as const;
  await expect(addDocument(db, stranger, baseId, page)).rejects.toMatchObject({ code: "not_found" });
  await expect(renameBase(db, stranger, baseId, "Mine")).rejects.toMatchObject({ code: "not_found" });
  await expect(deleteDocuments(db, stranger, [documentId])).rejects.toMatchObject({ code: "not_found" });
  await expect(retryDocuments(db, stranger, [documentId])).rejects.toMatchObject({ code: "not_found" });
  expect(await readBase(db, stranger.tenantId, baseId)).toBeUndefined();
  expect(await readDocumentPage(db, stranger.tenantId, documentId)).toBeUndefined();
  expect(await indexDocument({ db, embedder }, { tenantId: stranger.tenantId, documentId })).toBe("gone");
});
