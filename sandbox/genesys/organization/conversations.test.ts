import { afterEach, beforeEach, expect, test } from "vitest";
import { tinyServer } from "../../testing/tiny-server.ts";
import { lastAgent } from "./conversation.ts";
import { DEMO_WRAP_UP_CODES } from "./demo-organization.ts";
import {
  type Caller,
  DANIEL,
  KIM,
  ROBIN,
  subscribed,
  type Tried,
  tryOrganization,
} from "./testing/try-organization.ts";

const MESSAGES = "/api/v2/conversations/messages";
const CODE = DEMO_WRAP_UP_CODES[0]?.id;
let organization: Tried;
let kim: Caller;
beforeEach(async () => {
  organization = await tryOrganization();
  kim = organization.agent(KIM.id);
});
afterEach(() => organization.close());

const start = (userId?: string) => organization.start({ queueId: "queue-billing", userId }).id;

function agentOf(id: string) {
  const agent = lastAgent(organization.world.interactions.find(id));
  if (!agent) throw new Error("no agent");
  return agent;
}

const sendPath = (id: string) => `${MESSAGES}/${id}/communications/${agentOf(id).communicationId}/messages`;
const wrapUpPath = (id: string) =>
  `${MESSAGES}/${id}/participants/${agentOf(id).id}/communications/${agentOf(id).communicationId}/wrapup`;

test("a message's text is fetched singly or in bulk, in any order", async () => {
  const id = start(KIM.id);
  const [first, second] = ["one", "two"].map((text) => organization.customerWrites(id, text));
  const single = await kim("GET", `${MESSAGES}/${id}/messages/${first}`);
  expect(single.body).toMatchObject({
    direction: "inbound",
    normalizedMessage: { type: "Text", text: "one" },
  });
  expect(single.body).not.toHaveProperty("textBody");
  const bulk = await kim("POST", `${MESSAGES}/${id}/messages/bulk`, [first, second]);
  expect(bulk.body.entities.map((message) => message.id)).toEqual([second, first]);
  expect((await kim("POST", `${MESSAGES}/${id}/messages/bulk`, Array(1001).fill("x"))).status).toBe(400);
});

test("a message fetched too early is not there yet", async () => {
  const id = start(KIM.id);
  organization.faults.earlyFetch({ times: 1 });
  const path = `${MESSAGES}/${id}/messages/${organization.customerWrites(id, "hello")}`;
  expect(await kim("GET", path)).toMatchObject({ status: 404, body: { code: "not.found" } });
  expect((await kim("GET", path)).status).toBe(200);
});

test("an attachment comes without text, and typing is an event", async () => {
  const id = start(KIM.id);
  const attached = organization.customer(id, { do: "attach", filename: "bill.png" });
  const typed = organization.customer(id, { do: "type" });
  const fetched = await kim("GET", `${MESSAGES}/${id}/messages/${attached}`);
  expect(fetched.body.normalizedMessage).toMatchObject({ content: [{ contentType: "Attachment" }] });
  expect(fetched.body.normalizedMessage).not.toHaveProperty("text");
  const event = await kim("GET", `${MESSAGES}/${id}/messages/${typed}`);
  expect(event.body.normalizedMessage).toMatchObject({ type: "Event" });
});

test("the connected agent sends one thing at a time, and everyone hears of it", async () => {
  const { frames } = await subscribed(organization, kim, [`v2.users.${KIM.id}.conversations`]);
  const id = start(KIM.id);
  const sent = await kim("POST", sendPath(id), { textBody: "Good morning" });
  expect(sent).toMatchObject({ status: 200, body: { direction: "outbound", status: "queued" } });
  expect(organization.sent()).toMatchObject([
    { text: "Good morning", messageId: sent.body.id, userId: KIM.id },
  ]);
  await expect.poll(() => JSON.stringify(frames.at(-1))).toContain("delivery-success");
  expect((await kim("POST", sendPath(id), {})).status).toBe(400);
  expect((await kim("POST", sendPath(id), { textBody: "a", mediaIds: ["b"] })).status).toBe(400);
  const typing = sendPath(id).replace(/messages$/, "typing");
  expect((await kim("POST", typing, { typing: { type: "On", duration: 5000 } })).status).toBe(202);
});

test("nobody else sends: no server, no colleague, nobody who has left", async () => {
  const id = start(KIM.id);
  const text = { textBody: "hello" };
  const path = sendPath(id);
  expect((await organization.server("POST", path, text)).status).toBe(403);
  expect((await organization.agent(DANIEL.id)("POST", path, text)).status).toBe(404);
  organization.agentActs(id, { do: "transfer", userId: DANIEL.id });
  expect((await kim("POST", path, text)).status).toBe(200);
  organization.agentActs(id, { do: "answer", userId: DANIEL.id });
  expect((await kim("POST", path, text)).status).toBe(409);
  expect((await organization.agent(DANIEL.id)("POST", sendPath(id), text)).status).toBe(200);
});

test("a send whose answer is lost was sent all the same", async () => {
  const id = start(KIM.id);
  organization.faults.add({
    kind: "error",
    method: "POST",
    path: `${MESSAGES}/*/communications/`,
    when: "after",
    times: 1,
  });
  expect((await kim("POST", sendPath(id), { textBody: "once" })).status).toBe(502);
  const { body } = await kim("GET", `${MESSAGES}/${id}`);
  expect(JSON.stringify(body)).toContain(organization.sent()[0]?.messageId);
});

test("a transfer adds an agent to the same conversation", async () => {
  const id = start(KIM.id);
  organization.agentActs(id, { do: "transfer", queueId: "queue-outages" });
  organization.agentActs(id, { do: "answer", userId: DANIEL.id });
  const { body } = await organization.agent(DANIEL.id)("GET", `/api/v2/conversations/${id}`);
  expect(body.participants).toMatchObject([
    { purpose: "customer" },
    { purpose: "acd", queueId: "queue-billing" },
    { purpose: "agent", userId: KIM.id, endTime: expect.any(String) },
    { purpose: "acd", queueId: "queue-outages", endTime: expect.any(String) },
    { purpose: "agent", userId: DANIEL.id, queueId: "queue-outages", messages: [{ state: "connected" }] },
  ]);
  const active = await organization.agent(DANIEL.id)("GET", MESSAGES);
  expect(active.body.entities).toHaveLength(1);
});

test("a wrap-up is provisional, then final, needs a code that exists, and closes with the after-call work", async () => {
  const id = start(KIM.id);
  expect((await kim("POST", wrapUpPath(id), { code: "none" })).status).toBe(400);
  const provisional = await kim("POST", wrapUpPath(id), { code: CODE, notes: "draft", provisional: true });
  expect(provisional).toMatchObject({ status: 200, body: {} });
  organization.customer(id, { do: "leave" });
  expect(organization.world.interactions.find(id).endedAt).toBeUndefined();
  const path = `${MESSAGES}/${id}/participants/${agentOf(id).id}`;
  const final = { wrapup: { code: CODE, notes: "done" } };
  expect((await kim("PATCH", path, final)).status).toBe(200);
  expect(organization.world.interactions.find(id).endedAt).toBeDefined();
  expect((await kim("PATCH", path, final)).status).toBe(200);
  expect((await kim("PATCH", path, { wrapup: { code: CODE, notes: "other" } })).status).toBe(409);
  expect(organization.wrapUps().map(({ notes, provisional: draft }) => ({ notes, draft }))).toEqual([
    { notes: "draft", draft: true },
    { notes: "done", draft: false },
  ]);
  const codes = await kim("GET", `${path}/wrapupcodes`);
  expect(codes.body).toHaveLength(5);
});

test("after-call work runs out by itself", async () => {
  const id = start(KIM.id);
  organization.agentActs(id, { do: "end" });
  organization.clock.advance(600_000);
  expect((await kim("POST", wrapUpPath(id), { code: CODE })).status).toBe(409);
  expect(organization.world.interactions.find(id).endedAt).toBeDefined();
});

test("another organization sees nothing of it, and client credentials find what runs", async () => {
  const id = start(KIM.id);
  organization.customer(start(DANIEL.id), { do: "leave" });
  expect((await organization.agent(ROBIN.id)("GET", `/api/v2/conversations/${id}`)).status).toBe(404);
  const found = await organization.server("POST", "/api/v2/analytics/conversations/details/query", {
    interval: "2026-01-01T00:00:00Z/2026-02-01T00:00:00Z",
    segmentFilters: [{ type: "and", predicates: [{ dimension: "userId", value: KIM.id }] }],
  });
  expect(found.body).toMatchObject({ totalHits: 1, conversations: [{ conversationId: id }] });
});

test("a call dials AudioHook under the conversation's id, and its queue is told by the API alone", async () => {
  const product = await tinyServer();
  const { conversationId, call } = await organization.call({
    queueId: "queue-outages",
    userId: KIM.id,
    recording: { rate: 8000, channels: [new Int16Array(1600)] },
    audiohook: { url: product.url, apiKey: "a2V5", clientSecret: "c2VjcmV0" },
  });
  const { body } = await organization.server("GET", `/api/v2/conversations/${conversationId}`);
  expect(body.participants).toMatchObject([
    { calls: [{ state: "connected" }] },
    { purpose: "acd", queueId: "queue-outages" },
    { purpose: "agent", userId: KIM.id },
  ]);
  expect((await call?.done)?.outcome).toBe("completed");
  const open = product.sessions[0]?.messages[0]?.parameters;
  expect(open).toMatchObject({ conversationId });
  expect(JSON.stringify(open)).not.toContain("queue-outages");
  await expect.poll(() => agentOf(conversationId).state).toBe("disconnected");
  await product.stop();
});

test("the desktop is a page that frames anyone and is framed by no one", async () => {
  const response = await fetch(`${organization.url}/desktop`);
  expect(response.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  expect(await response.text()).toContain("desktop.js");
  const socket = await organization
    .listen(`${organization.url.replace("http", "ws")}/channels/none`)
    .catch(String);
  expect(socket).toContain("404");
});
