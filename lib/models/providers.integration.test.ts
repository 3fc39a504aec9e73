import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { generateText } from "ai";
import { afterAll, expect, test } from "vitest";
import { parseKeyRing } from "#/lib/crypto/key-ring.ts";
import { openDatabase } from "#/lib/db/database.ts";
import { createOutbound } from "#/lib/outbound/outbound.ts";
import { aConnection } from "#/tests/factories/tenant.ts";
import { testDatabase } from "#/tests/support/test-database.ts";
import { readModel } from "./list-models.ts";
import { modelFormSchema } from "./model-form.ts";
import type { ModelKind } from "./model-kinds.ts";
import { openLanguageModel } from "./open-language-model.ts";
import { saveModel } from "./save-model.ts";
import { type ModelTestStep, testModel } from "./test-model.ts";

const urls = await testDatabase();
const owner = openDatabase(urls.ownerUrl);
const { db, close } = openDatabase(urls.appUrl);
const ring = parseKeyRing(`k1:${randomBytes(32).toString("base64")}`);

type Seen = { path: string; body: Record<string, unknown> };
const seen: Seen[] = [];

/** Each provider's own wire, as far as a streamed and a whole answer need it. */
const server = createServer((request, response) => {
  let body = "";
  request.on("data", (part) => {
    body += part;
  });
  request.on("end", () => {
    const path = request.url ?? "";
    seen.push({ path, body: body ? JSON.parse(body) : {} });
    (path.startsWith("/anthropic") ? answerAsAnthropic : answerAsGoogle)(request, response, body);
  });
});

function answerAsAnthropic(request: IncomingMessage, response: ServerResponse, body: string): void {
  const refusal = { type: "error", error: { type: "authentication_error", message: "invalid x-api-key" } };
  if (request.headers["x-api-key"] !== "right" || !request.headers["anthropic-version"])
    return void response.writeHead(401, json).end(JSON.stringify(refusal));
  if (request.url === "/anthropic/v1/models") return void response.writeHead(200, json).end('{"data":[]}');
  const usage = { input_tokens: 1, output_tokens: 1 };
  const message = { id: "m1", type: "message", role: "assistant", model: "claude-test", usage };
  if (JSON.parse(body).stream !== true)
    return void response
      .writeHead(200, json)
      .end(
        JSON.stringify({ ...message, content: [{ type: "text", text: "ready" }], stop_reason: "end_turn" }),
      );
  response.writeHead(200, { "content-type": "text/event-stream" });
  for (const event of [
    { type: "message_start", message: { ...message, content: [], stop_reason: null } },
    { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
    { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "rea" } },
    { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "dy" } },
    { type: "content_block_stop", index: 0 },
    { type: "message_delta", delta: { stop_reason: "end_turn" }, usage },
    { type: "message_stop" },
  ])
    response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  response.end();
}

function answerAsGoogle(request: IncomingMessage, response: ServerResponse): void {
  const refusal = { error: { code: 400, message: "API key not valid.", status: "INVALID_ARGUMENT" } };
  if (request.headers["x-goog-api-key"] !== "right")
    return void response.writeHead(400, json).end(JSON.stringify(refusal));
  if (request.url === "/google/v1beta/models") return void response.writeHead(200, json).end('{"models":[]}');
  const part = (text: string, finishReason?: string) => ({
    candidates: [{ content: { role: "model", parts: [{ text }] }, finishReason, index: 0 }],
  });
  if (!request.url?.includes("streamGenerateContent"))
    return void response.writeHead(200, json).end(JSON.stringify(part("ready", "STOP")));
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.end([part("rea"), part("dy", "STOP")].map((one) => `data: ${JSON.stringify(one)}\n\n`).join(""));
}

const json = { "content-type": "application/json" };
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = server.address() as AddressInfo;
const outbound = createOutbound({ allowedHosts: `127.0.0.1:${port}` });
afterAll(() => Promise.all([close(), owner.close(), outbound.close(), server.close()]));

const BASES = {
  anthropic: `http://127.0.0.1:${port}/anthropic/v1`,
  google: `http://127.0.0.1:${port}/google/v1beta`,
} as const;

async function aModel(kind: ModelKind & keyof typeof BASES, apiKey: string) {
  const { tenantId } = await aConnection(owner.db);
  const form = modelFormSchema.parse({ name: "M", kind, baseUrl: BASES[kind], model: "test-model", apiKey });
  const id = await saveModel({ db, ring, outbound, note: async () => {} }, tenantId, form);
  const row = await readModel(db, tenantId, id);
  if (!row) throw new Error("not stored");
  return row;
}

async function stepsOf(row: Awaited<ReturnType<typeof aModel>>) {
  const steps: ModelTestStep[] = [];
  for await (const step of testModel({ ring, outbound, now: Date.now }, row, AbortSignal.timeout(10_000)))
    steps.push(step);
  return steps;
}

test.each(["anthropic", "google"] as const)(
  "%s: the test streams an answer over its own wire",
  async (kind) => {
    const steps = await stepsOf(await aModel(kind, "right"));
    expect(steps.map(({ outcome }) => outcome)).toEqual(["passed", "passed", "passed"]);
    expect(steps[2]).toMatchObject({ detail: expect.stringContaining('"ready"') });
  },
);

test.each(["anthropic", "google"] as const)("%s: a refused key is named as the cause", async (kind) => {
  const steps = await stepsOf(await aModel(kind, "wrong"));
  expect(steps[1]).toMatchObject({ outcome: "failed", reason: expect.stringContaining("refuses the key") });
  expect(steps[2]?.outcome).toBe("not-tried");
});

test.each(["anthropic", "google"] as const)(
  "%s: instructions and prompt reach the model apart",
  async (kind) => {
    seen.length = 0;
    const model = openLanguageModel(await aModel(kind, "right"), ring, outbound);
    const { text } = await generateText({
      model,
      instructions: "Be brief.",
      prompt: "Say ready.",
      maxRetries: 0,
    });
    expect(text).toBe("ready");
    const sent = JSON.stringify(seen.at(-1)?.body);
    expect(sent).toContain("Be brief.");
    expect(sent).toContain("Say ready.");
    expect(seen.at(-1)?.path).toContain(
      kind === "anthropic" ? "/messages" : "/models/test-model:generateContent",
    );
  },
);

test("a provider that always wants a key is not stored without one", () => {
  const refused = modelFormSchema.safeParse({
    name: "M",
    kind: "anthropic",
    baseUrl: BASES.anthropic,
    model: "m",
    apiKey: "",
  });
  expect(refused.error?.issues[0]?.path).toEqual(["apiKey"]);
});
