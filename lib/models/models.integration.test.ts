import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import postgres from "postgres";
import { afterAll, beforeEach, expect, test } from "vitest";
import { parseKeyRing } from "#/lib/crypto/key-ring.ts";
import { openDatabase } from "#/lib/db/database.ts";
import { createOutbound } from "#/lib/outbound/outbound.ts";
import { testDatabase } from "#/tests/support/test-database.ts";
import { deleteModel } from "./delete-model.ts";
import { listModels, readModel } from "./list-models.ts";
import { modelFormSchema } from "./model-form.ts";
import { saveModel } from "./save-model.ts";
import { setDefaultModel } from "./set-default-model.ts";
import { type ModelTestStep, testModel } from "./test-model.ts";

const { ownerUrl, appUrl } = await testDatabase();
const owner = postgres(ownerUrl);
const { db, close } = openDatabase(appUrl, { max: 2 });
const ring = parseKeyRing(`k1:${randomBytes(32).toString("base64")}`);

const event = (delta: object, finish: string | null = null) => {
  const choices = [{ index: 0, delta, finish_reason: finish }];
  const chunk = { id: "1", object: "chat.completion.chunk", created: 1, model: "m", choices };
  return `data: ${JSON.stringify(chunk)}

`;
};

/** A server that speaks the OpenAI chat API and knows one key. */
const server = createServer((request, response) => {
  if (request.headers.authorization !== "Bearer right") return void response.writeHead(401).end("{}");
  if (request.url === "/v1/models") return void response.end('{"data":[]}');
  if (request.url !== "/v1/chat/completions") return void response.writeHead(404).end("{}");
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.end(
    `${event({ role: "assistant", content: "rea" })}${event({ content: "dy" }, "stop")}data: [DONE]\n\n`,
  );
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = server.address() as AddressInfo;
const baseUrl = `http://127.0.0.1:${port}/v1`;
const outbound = createOutbound({ allowedHosts: `127.0.0.1:${port},127.0.0.1:9` });
const deps = { db, ring, outbound, note: async () => {} };

afterAll(() => Promise.all([close(), owner.end(), outbound.close(), server.close()]));

let tenantId = "";
beforeEach(async () => {
  const [tenant] =
    await owner`insert into tenants (slug, name) values (${crypto.randomUUID()}, 'Acme') returning id`;
  tenantId = tenant?.id;
});

const aForm = (changes: object = {}) =>
  modelFormSchema.parse({ name: "House model", baseUrl, model: "m", apiKey: "right", ...changes });

async function stepsOf(id: string) {
  const row = await readModel(db, tenantId, id);
  if (!row) throw new Error("not stored");
  const steps: ModelTestStep[] = [];
  for await (const step of testModel({ ring, outbound, now: Date.now }, row, AbortSignal.timeout(10_000)))
    steps.push(step);
  return steps;
}

test("a model is stored with its key sealed, and lists without it", async () => {
  const id = await saveModel(deps, tenantId, aForm());
  const stored = await readModel(db, tenantId, id);
  expect(stored?.sealedKey).not.toContain("right");
  const [listed] = await listModels(db, tenantId);
  expect(listed).toMatchObject({ name: "House model", hasKey: true, usedBy: [] });
  expect(JSON.stringify(listed)).not.toContain(stored?.sealedKey);
});

test("an empty key keeps the stored one, and a move to another server asks for it again", async () => {
  const id = await saveModel(deps, tenantId, aForm());
  await saveModel(deps, tenantId, aForm({ id, name: "Renamed", apiKey: "" }));
  expect((await stepsOf(id)).map((step) => step.outcome)).toEqual(["passed", "passed", "passed"]);
  const moved = aForm({ id, baseUrl: "http://127.0.0.1:9/v1", apiKey: "" });
  await expect(saveModel(deps, tenantId, moved)).rejects.toThrow("enter the API key again");
});

test("the test streams text and says when the first token came", async () => {
  const steps = await stepsOf(await saveModel(deps, tenantId, aForm()));
  expect(steps.at(-1)).toMatchObject({ outcome: "passed", detail: expect.stringContaining('"ready"') });
});

test("a refused key and a wrong path each get a remedy", async () => {
  const wrong = await stepsOf(await saveModel(deps, tenantId, aForm({ apiKey: "wrong" })));
  expect(wrong.map((step) => step.outcome)).toEqual(["passed", "failed", "not-tried"]);
  expect(wrong[1]).toMatchObject({ remedy: expect.stringContaining("valid API key") });
  const path = aForm({ name: "Other", baseUrl: baseUrl.replace("/v1", "") });
  expect((await stepsOf(await saveModel(deps, tenantId, path))).at(-1)).toMatchObject({
    outcome: "failed",
    remedy: expect.stringContaining("/v1"),
  });
});

test("a private address is refused before anything is stored", async () => {
  const inner = aForm({ baseUrl: "http://169.254.169.254/v1" });
  await expect(saveModel(deps, tenantId, inner)).rejects.toMatchObject({ code: "invalid_input" });
  expect(await listModels(db, tenantId)).toEqual([]);
});

test("the default answers for the tenant until it is deleted", async () => {
  const id = await saveModel(deps, tenantId, aForm());
  await setDefaultModel(deps, tenantId, id);
  expect(await listModels(db, tenantId)).toMatchObject([{ isDefault: true, usedBy: ["Tenant default"] }]);
  await deleteModel(deps, tenantId, id);
  const [profile] =
    await owner`select model_integration_id, version from profiles where tenant_id = ${tenantId}`;
  expect(profile).toEqual({ model_integration_id: null, version: 2 });
});

test("another tenant's model does not exist", async () => {
  const id = await saveModel(deps, tenantId, aForm());
  const [other] =
    await owner`insert into tenants (slug, name) values (${crypto.randomUUID()}, 'Other') returning id`;
  expect(await readModel(db, other?.id, id)).toBeUndefined();
  await expect(deleteModel(deps, other?.id, id)).rejects.toMatchObject({ code: "not_found" });
  await expect(saveModel(deps, other?.id, aForm({ id }))).rejects.toMatchObject({ code: "not_found" });
});
