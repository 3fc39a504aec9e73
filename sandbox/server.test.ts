import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import { writeWav } from "./audio/wav.ts";
import { readSandboxEnv } from "./env.ts";
import { createSandbox, type Sandbox } from "./server.ts";
import { type TinyServer, tinyServer } from "./testing/tiny-server.ts";

const TOKEN = "a-secret-of-the-portal";
const CONNECTION = "d7934305-0972-4844-938e-9060eef73d05";
const ASKED = {
  connectionId: CONNECTION,
  apiKey: "SGVsbG8sIEkgYW0gdGhlIEFQSSBrZXkh",
  clientSecret: "TXlTdXBlclNlY3JldEtleVRlbGxOby0xITJAMyM0JDU=",
  organizationId: CONNECTION,
  queueId: "queue-billing",
  agentId: "agent-7",
  agentName: "Kim Doe",
  embedToken: "a+token",
};

let product: TinyServer;
let sandbox: Sandbox;
let base: string;

beforeEach(async () => {
  product = await tinyServer();
  const env = readSandboxEnv({
    SANDBOX_TOKEN: TOKEN,
    PORTAL_URL: "http://localhost:3000",
    AUDIOHOOK_URL: new URL(product.url).origin,
  });
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  sandbox = createSandbox({ env, log, ringMs: 60_000 });
  sandbox.server.listen(0, "127.0.0.1");
  await once(sandbox.server, "listening");
  base = `http://127.0.0.1:${(sandbox.server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  await sandbox.drain();
  sandbox.server.closeAllConnections();
  sandbox.server.close();
  await product.stop();
});

async function post(path: string, body?: unknown, headers: Record<string, string> = {}) {
  const bytes =
    body instanceof Uint8Array ? Buffer.from(body) : body === undefined ? null : JSON.stringify(body);
  const response = await fetch(base + path, { method: "POST", body: bytes, headers });
  return { status: response.status, body: await response.json() };
}

const asPortal = { authorization: `Bearer ${TOKEN}` };

async function view(id: string) {
  return await (await fetch(`${base}/api/calls/${id}`)).json();
}

function shortWav(): Uint8Array {
  return writeWav({ rate: 16_000, channels: [new Int16Array(8000)] });
}

test("only the portal's secret starts anything", async () => {
  expect((await post("/api/calls", { ...ASKED, source: "demo-1" })).status).toBe(401);
  expect((await post("/api/chats", ASKED, { authorization: "Bearer other" })).status).toBe(401);
  expect((await post("/api/uploads", shortWav())).status).toBe(401);
});

test("an uploaded recording becomes a call that ends by itself", async () => {
  const upload = await post("/api/uploads", shortWav(), asPortal);
  expect(upload).toMatchObject({ status: 201, body: { durationMs: 500, rate: 16_000, channels: 1 } });
  const { uploadId } = upload.body;
  const asked = { ...ASKED, source: "upload", uploadId, answer: "now", speed: 20 };
  const { status, body } = await post("/api/calls", asked, asPortal);
  expect(status).toBe(201);
  expect(body.hostPage).toBe(`http://localhost:3100/host?call=${body.callId}`);
  await expect.poll(async () => (await view(body.callId)).state).toBe("ended");
  expect(await view(body.callId)).toMatchObject({ outcome: "completed", elapsedMs: 500, violations: [] });
  const open = product.sessions[0]?.messages[0];
  expect(open?.parameters).toMatchObject({
    conversationId: body.conversationId,
    language: "en-US",
    customConfig: { queueId: "queue-billing", agentId: "agent-7" },
  });
});

test("a call's view frames the widget and never shows a key", async () => {
  const { body } = await post("/api/calls", { ...ASKED, source: "demo-1" }, asPortal);
  const shown = await view(body.callId);
  const address = new URL(shown.widgetUrl);
  expect(address.pathname).toBe(`/widget/genesys/${CONNECTION}`);
  expect(address.searchParams.get("conversationId")).toBe(body.conversationId);
  expect(address.searchParams.get("agentName")).toBe("Kim Doe");
  expect(new URLSearchParams(address.hash.slice(1)).get("t")).toBe("a+token");
  expect(shown).toMatchObject({
    state: "ringing",
    context: { channel: "voice", queue: { id: "queue-billing" } },
  });
  expect(JSON.stringify(shown)).not.toContain(ASKED.clientSecret);
  expect(JSON.stringify(shown)).not.toContain(ASKED.apiKey);
});

test("the page answers, pauses, resumes and hangs up", async () => {
  const { body } = await post("/api/calls", { ...ASKED, source: "demo-2" }, asPortal);
  const path = `/api/calls/${body.callId}`;
  expect((await post(`${path}/pause`)).status).toBe(409);
  await post(`${path}/answer`);
  await expect.poll(async () => (await view(body.callId)).state).toBe("streaming");
  expect((await post(`${path}/pause`)).body).toMatchObject({ state: "paused", pausedBy: ["client"] });
  expect((await post(`${path}/resume`)).body.state).toBe("streaming");
  await post(`${path}/hangup`);
  await expect.poll(async () => (await view(body.callId)).outcome).toBe("completed");
});

test("a refused call says why", async () => {
  await product.stop();
  const { body } = await post("/api/calls", { ...ASKED, source: "demo-1", answer: "now" }, asPortal);
  await expect.poll(async () => (await view(body.callId)).state).toBe("ended");
  expect(await view(body.callId)).toMatchObject({ outcome: "unreachable" });
});

test("the microphone answers its call and becomes the customer's voice", async () => {
  const { body } = await post("/api/calls", { ...ASKED, source: "microphone" }, asPortal);
  const address = `${base.replace("http", "ws")}/api/calls/${body.callId}/microphone?rate=16000`;
  const socket = new WebSocket(address, { origin: "http://localhost:3100" });
  await once(socket, "open");
  socket.send(Buffer.alloc(3200, 1));
  await expect.poll(() => product.sessions[0]?.audioBytes ?? 0).toBeGreaterThan(0);
  socket.close();
  await expect.poll(async () => (await view(body.callId)).outcome).toBe("completed");
});

test("another page's microphone is refused", async () => {
  const { body } = await post("/api/calls", { ...ASKED, source: "microphone" }, asPortal);
  const address = `${base.replace("http", "ws")}/api/calls/${body.callId}/microphone`;
  const socket = new WebSocket(address, { origin: "https://elsewhere.example" });
  const [error] = await once(socket, "error");
  expect(String(error)).toContain("403");
});

test("a chat brings its script and introduces itself to the widget", async () => {
  const { status, body } = await post("/api/chats", ASKED, asPortal);
  expect(status).toBe(201);
  const chat = await (await fetch(`${base}/api/chats/${body.chatId}`)).json();
  expect(chat.context).toMatchObject({ conversationId: body.conversationId, channel: "chat" });
  const fromCustomer = chat.script.filter((line: { speaker: string }) => line.speaker === "customer");
  expect(fromCustomer.length).toBeGreaterThanOrEqual(5);
});

test.each([
  [
    "a file that is no WAV",
    "/api/uploads",
    Buffer.from("hello"),
    422,
    "does not begin with a RIFF/WAVE header",
  ],
  ["a body that is no JSON", "/api/calls", Buffer.from("{"), 400, "not JSON"],
  ["a call without a source", "/api/calls", ASKED, 422, "source"],
  [
    "an upload that nobody made",
    "/api/calls",
    { ...ASKED, source: "upload", uploadId: CONNECTION },
    404,
    "upload",
  ],
  ["an upload that is not named", "/api/calls", { ...ASKED, source: "upload" }, 422, "uploadId"],
])("%s is refused in words", async (_what, path, sent, status, words) => {
  const answer = await post(path, sent, asPortal);
  expect(answer.status).toBe(status);
  expect(answer.body.error.message).toContain(words);
});

test("unknown calls and addresses do not exist", async () => {
  expect((await fetch(`${base}/api/calls/${CONNECTION}`)).status).toBe(404);
  expect((await fetch(`${base}/elsewhere`)).status).toBe(404);
  expect((await fetch(`${base}/api/calls`)).status).toBe(405);
});

test("the host page may frame the portal and nobody may frame it", async () => {
  const policy = (await fetch(`${base}/host`)).headers.get("content-security-policy");
  expect(policy).toContain("frame-src http://localhost:3000");
  expect(policy).toContain("frame-ancestors 'none'");
  for (const file of ["host.js", "conversation.css", "microphone-worklet.js"]) {
    expect((await fetch(`${base}/host/${file}`)).status).toBe(200);
  }
});

test("other origins read nothing, the portal may", async () => {
  const cors = async (origin: string) =>
    (await fetch(`${base}/healthz`, { headers: { origin } })).headers.get("access-control-allow-origin");
  expect(await cors("https://elsewhere.example")).toBeNull();
  expect(await cors("http://localhost:3000")).toBe("http://localhost:3000");
});

test("the host page must not share the portal's origin", () => {
  const shared = {
    SANDBOX_TOKEN: TOKEN,
    SANDBOX_URL: "http://localhost:3000",
    PORTAL_URL: "http://localhost:3000",
  };
  expect(() => readSandboxEnv(shared)).toThrow("same origin");
});
