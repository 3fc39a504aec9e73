import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, expect, test } from "vitest";
import { parseKeyRing } from "#/lib/crypto/key-ring.ts";
import { openDatabase } from "#/lib/db/database.ts";
import { createLog } from "#/lib/kernel/log.ts";
import { openLanguageModel } from "#/lib/models/open-language-model.ts";
import { createOutbound } from "#/lib/outbound/outbound.ts";
import type { DurableBody, DurableMessage } from "#/lib/realtime/contract.ts";
import { aConnection } from "#/tests/factories/tenant.ts";
import { testDatabase } from "#/tests/support/test-database.ts";
import { draftSummary } from "./draft-summary.ts";
import type { OpenModel } from "./ports.ts";

const urls = await testDatabase();
const owner = openDatabase(urls.ownerUrl);
const app = openDatabase(urls.appUrl);
const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});
afterAll(async () => {
  await app.close();
  await owner.close();
});

type Summary = Extract<DurableBody, { kind: "summary" }>;

/** A model server that speaks the OpenAI chat API over a real socket; undefined: it answers 500. */
async function modelOf(answer: (prompt: string) => string | undefined): Promise<OpenModel & { url: string }> {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => {
      body += part;
    });
    request.on("end", () => {
      const said = answer(body);
      response.writeHead(said === undefined ? 500 : 200, { "content-type": "application/json" });
      const choices = [{ index: 0, message: { role: "assistant", content: said }, finish_reason: "stop" }];
      response.end(
        said === undefined ? "{}" : JSON.stringify({ id: "1", object: "chat.completion", choices }),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const outbound = createOutbound({ allowedHosts: `127.0.0.1:${port}` });
  closing.push(() => {
    server.closeAllConnections();
    server.close();
    void outbound.close();
  });
  const ring = parseKeyRing(`k:${Buffer.alloc(32).toString("base64")}`);
  const open: OpenModel = (model) => openLanguageModel(model, ring, outbound);
  return Object.assign(open, { url: `http://127.0.0.1:${port}/v1` });
}

async function aConversation(baseUrl: string, lines: readonly string[]) {
  const place = await aConnection(owner.db);
  const { tenantId, connectionId } = place;
  const [conversationId, model] = [randomUUID(), randomUUID()];
  const say = async (line: string, minute: number) => {
    const [speaker, text] = line.split(/: (.*)/);
    const data = JSON.stringify({ speaker: speaker === "C" ? "customer" : "agent", text, channel: "voice" });
    const at = new Date(1_000_000_000_000 + minute * 60_000).toISOString();
    const id = randomUUID();
    await owner.db.execute(
      sql`insert into events (id, tenant_id, connection_id, conversation_id, delivery_id, type, occurred_at, data, trail)
        values (${id}, ${tenantId}, ${connectionId}, ${conversationId}, ${id}, 'utterance', ${at}, ${data}::jsonb, '{"at":{},"attempts":[],"notes":[]}'::jsonb)`,
    );
    return id;
  };
  await owner.db.execute(
    sql`insert into conversations (id, tenant_id, connection_id, platform_conversation_id, started_at) values (${conversationId}, ${tenantId}, ${connectionId}, 'c1', now())`,
  );
  await owner.db.execute(
    sql`insert into model_integrations (id, tenant_id, name, kind, base_url, model) values (${model}, ${tenantId}, 'Test model', 'openai-compatible', ${baseUrl}, 'm')`,
  );
  await owner.db.execute(
    sql`insert into profiles (tenant_id, is_default, system_prompt, model_integration_id) values (${tenantId}, true, '', ${model})`,
  );
  const ids: string[] = [];
  for (const [minute, line] of lines.entries()) ids.push(await say(line, minute));
  return { place: { tenantId, conversationId }, ids, say };
}

async function drafted(place: { tenantId: string; conversationId: string }, openModel: OpenModel) {
  const told: DurableMessage[] = [];
  const publisher = { durable: (_: unknown, message: DurableMessage) => void told.push(message) };
  await draftSummary({ db: app.db, publisher, openModel, log: createLog("test", "silent") }, place);
  return told.at(-1)?.body as Summary | undefined;
}

const LINES = ["C: I was charged twice for October.", "A: I have refunded the second charge."];

test("the queue's model writes, and every sentence names its turns", async () => {
  const open = await modelOf(
    () => "REASON: The customer was charged twice. [1]\nACTIONS: The second charge was refunded. [2]",
  );
  const { place, ids } = await aConversation(open.url, LINES);
  expect(await drafted(place, open)).toMatchObject({
    model: "Test model",
    fields: {
      reason: { sentences: [{ text: "The customer was charged twice.", evidence: [ids[0]] }] },
      actions: { sentences: [{ evidence: [ids[1]] }] },
    },
  });
});

test.each([
  ["fails", undefined, /did not answer/],
  ["talks nonsense", "Bananas are yellow.", /nothing that the conversation supports/],
])("where the model %s, the words that were said stand, with the reason", async (_name, said, reason) => {
  const open = await modelOf(() => said);
  const { place } = await aConversation(open.url, LINES);
  expect(await drafted(place, open)).toMatchObject({
    model: "extractive",
    reason: expect.stringMatching(reason),
    fields: { reason: { text: "Customer: “I was charged twice for October.”" } },
  });
});

test("while a conversation runs, a model reads what is new and its own notes, not all of it again", async () => {
  const prompts: string[] = [];
  const open = await modelOf((prompt) => {
    prompts.push(prompt);
    return "REASON: The customer was charged twice. [1]";
  });
  const { place, say } = await aConversation(open.url, LINES);
  await drafted(place, open);
  await say("C: When does the refund arrive?", 10);
  await drafted(place, open);
  expect(prompts[1]).toContain("Earlier note: The customer was charged twice.");
  expect(prompts[1]).toContain("When does the refund arrive?");
  expect(prompts[1]).not.toContain("I have refunded the second charge.");
  // At the end it reads everything once more.
  await owner.db.execute(sql`update conversations set ended_at = now() where id = ${place.conversationId}`);
  await say("A: Within 5 days.", 11);
  await drafted(place, open);
  expect(prompts[2]).toContain("I have refunded the second charge.");
});

test("what identifies a customer never reaches the model's server", async () => {
  const prompts: string[] = [];
  const open = await modelOf((prompt) => {
    prompts.push(prompt);
    return "REASON: The customer was charged twice. [1]";
  });
  const canaries = ["ana.canary@example.com", "4111 1111 1111 1111", "+49 151 2345 6789"];
  const { place } = await aConversation(open.url, [
    `C: I was charged twice, I am ${canaries[0]} and my card is ${canaries[1]}.`,
    `A: I have refunded it. May I call you at ${canaries[2]}?`,
  ]);
  expect(await drafted(place, open)).toMatchObject({ model: "Test model" });
  expect(prompts.length).toBe(1);
  expect(prompts[0]).toContain("I am [email] and my card is [card]");
  for (const canary of canaries) expect(prompts[0]).not.toContain(canary);
});
