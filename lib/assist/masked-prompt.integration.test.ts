import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { parseKeyRing } from "#/lib/crypto/key-ring.ts";
import { openDatabase } from "#/lib/db/database.ts";
import { buildIndex } from "#/lib/knowledge/search/build-index.ts";
import { openLanguageModel } from "#/lib/models/open-language-model.ts";
import { createOutbound } from "#/lib/outbound/outbound.ts";
import { aConnection } from "#/tests/factories/tenant.ts";
import { testDatabase } from "#/tests/support/test-database.ts";
import { answerTriedQuestion } from "./answer-tried-question.ts";
import { createAssist } from "./assist-turn.ts";
import type { OpenModel } from "./ports.ts";

const urls = await testDatabase();
const owner = openDatabase(urls.ownerUrl);
const { db, close } = openDatabase(urls.appUrl);

const prompts: string[] = [];
const server = createServer((request, response) => {
  let body = "";
  request.on("data", (part) => {
    body += part;
  });
  request.on("end", () => {
    prompts.push(body);
    response.writeHead(200, { "content-type": "text/event-stream" }).end("data: [DONE]\n\n");
  });
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = server.address() as AddressInfo;
const outbound = createOutbound({ allowedHosts: `127.0.0.1:${port}` });
const ring = parseKeyRing(`k:${Buffer.alloc(32).toString("base64")}`);
afterAll(() => Promise.all([close(), owner.close(), outbound.close(), server.close()]));

const openModel: OpenModel = (model) => openLanguageModel(model, ring, outbound);
const ARTICLE =
  "A card refund arrives within 5 to 7 business days. Call 0800 330 1000 for help with a refund.";
const chunk = { id: "c1", documentId: "d1", title: "Refunds", headingPath: ["Refunds"], text: ARTICLE };
const embedder = {
  model: "none",
  dimensions: 1,
  embed: () => Promise.reject(new Error("words alone")),
  close: async () => {},
};
const deps = {
  db,
  openModel,
  embedder,
  indexOf: async () => ({ index: buildIndex([chunk]), version: 1 }),
  publisher: { ephemeral: () => {} },
};
const QUESTION = "When does my card refund arrive? I am ana.canary@example.com, card 4111 1111 1111 1111.";

async function aTenant() {
  const { tenantId, connectionId } = await aConnection(owner.db);
  const [base, model] = [randomUUID(), randomUUID()];
  for (const statement of [
    sql`insert into knowledge_bases (id, tenant_id, name) values (${base}, ${tenantId}, 'Help')`,
    sql`insert into model_integrations (id, tenant_id, name, kind, base_url, model)
      values (${model}, ${tenantId}, 'M', 'openai-compatible', ${`http://127.0.0.1:${port}/v1`}, 'm')`,
    sql`insert into profiles (tenant_id, is_default, knowledge_base_id, model_integration_id, threshold)
      values (${tenantId}, true, ${base}, ${model}, 0)`,
  ])
    await owner.db.execute(statement);
  return { tenantId, connectionId, base, model };
}

function expectMasked() {
  expect(prompts.length).toBe(1);
  expect(prompts[0]).toContain("I am [email], card [card]");
  expect(prompts[0]).toContain("0800 330 1000");
  expect(prompts[0]).not.toContain("ana.canary@example.com");
  expect(prompts[0]).not.toContain("4111");
}

test("a live turn reaches the model masked, and the articles as they are", async () => {
  prompts.length = 0;
  const { tenantId, connectionId } = await aTenant();
  const turns = [{ speaker: "customer" as const, text: QUESTION }];
  const outcome = await createAssist(deps)({
    tenantId,
    connectionId,
    platformConversationId: "c1",
    queueId: undefined,
    eventId: randomUUID(),
    asked: true,
    turns,
  });
  if (outcome.kind === "drafting") await outcome.finished;
  expectMasked();
});

test("a question that is tried reaches the model masked, too", async () => {
  prompts.length = 0;
  const { tenantId, base, model } = await aTenant();
  await answerTriedQuestion(deps, {
    tenantId,
    question: QUESTION,
    profile: { knowledgeBaseId: base, modelIntegrationId: model, threshold: 0 },
  });
  expectMasked();
});
