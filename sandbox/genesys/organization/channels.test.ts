import { once } from "node:events";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DANIEL, KIM, subscribed, type Tried, tryOrganization } from "./testing/try-organization.ts";

const CHANNELS = "/api/v2/notifications/channels";
const MINE = `v2.users.${KIM.id}.conversations`;
let organization: Tried;
beforeEach(async () => {
  organization = await tryOrganization();
});
afterEach(() => organization.close());

const start = () => organization.start({ queueId: "queue-billing", userId: KIM.id }).id;

test("one customer message makes several events in both shapes, each with the whole conversation", async () => {
  const kim = organization.agent(KIM.id);
  const { frames } = await subscribed(organization, kim, [MINE, `${MINE}.messages`]);
  const id = start();
  const messageId = organization.customerWrites(id, "where is my parcel?");
  await expect.poll(() => frames.filter(({ topicName }) => topicName === MINE).length).toBeGreaterThan(2);
  const last = (topic: string) => frames.findLast(({ topicName }) => topicName === topic)?.eventBody;
  expect(last(MINE)).toMatchObject({
    id,
    participants: [
      {
        purpose: "customer",
        messages: [{ type: "webmessaging", messages: [{ messageId, messageStatus: "received" }] }],
      },
      { purpose: "acd", queueId: "queue-billing" },
      { purpose: "agent", userId: KIM.id, messages: [{ state: "connected" }] },
    ],
  });
  expect(last(`${MINE}.messages`)).toMatchObject({
    participants: [
      { purpose: "customer", messages: [{ message: { id: messageId } }] },
      { queue: { id: "queue-billing", name: "Billing" } },
      { user: { id: KIM.id }, state: "connected" },
    ],
  });
  expect(JSON.stringify(frames)).not.toContain("parcel");
});

test("a queue's topic needs a permission that agents lack, and serves client credentials", async () => {
  const topic = "v2.routing.queues.queue-billing.conversations.messages";
  const { path } = await subscribed(organization, organization.agent(KIM.id), []);
  const kim = organization.agent(KIM.id);
  expect((await kim("PUT", path, [{ id: topic }])).status).toBe(403);
  const judged = await kim("PUT", `${path}?ignoreErrors=true`, [
    { id: MINE },
    { id: topic },
    { id: "v2.nothing" },
  ]);
  expect(judged.body.entities).toMatchObject([
    { id: MINE, state: "Permitted" },
    { id: topic, state: "Rejected", missingPermissions: ["analytics:conversationDetail:view"] },
    { id: "v2.nothing", state: "Rejected" },
  ]);
  const { frames } = await subscribed(organization, organization.server, [topic]);
  organization.customerWrites(start(), "hello");
  await expect.poll(() => frames.length).toBeGreaterThan(2);
});

test("a combined topic counts once and its events come under their single names", async () => {
  const kim = organization.agent(KIM.id);
  const { frames, path } = await subscribed(organization, kim, [`v2.users.${KIM.id}?conversations&presence`]);
  expect((await kim("GET", path)).body.entities).toHaveLength(1);
  start();
  await expect.poll(() => frames.map(({ topicName }) => topicName)).toContain(MINE);
});

test("a channel holds a thousand topics and no more", async () => {
  const { path } = await subscribed(organization, organization.server, []);
  const topics = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ id: `v2.routing.queues.q${n}.conversations` }));
  expect((await organization.server("PUT", path, topics(1000))).status).toBe(200);
  expect(
    (await organization.server("POST", path, [{ id: "v2.routing.queues.more.conversations" }])).status,
  ).toBe(400);
});

test("the twenty-first channel evicts the unconnected one that was used longest ago", async () => {
  const kim = organization.agent(KIM.id);
  const connected = await subscribed(organization, kim, [MINE]);
  const ids: string[] = [];
  for (let count = 0; count < 20; count += 1) ids.push(String((await kim("POST", CHANNELS)).body.id));
  expect((await kim("HEAD", `${CHANNELS}/${connected.id}`)).status).toBe(200);
  expect((await kim("HEAD", `${CHANNELS}/${ids[0]}`)).status).toBe(404);
  expect((await kim("GET", CHANNELS)).body.entities).toHaveLength(20);
  const daniel = organization.agent(DANIEL.id);
  expect((await daniel("HEAD", `${CHANNELS}/${connected.id}`)).status).toBe(404);
});

test("a channel expires after a day, and subscribing again renews it", async () => {
  const renewed = await subscribed(organization, organization.server, []);
  const left = await subscribed(organization, organization.server, []);
  organization.clock.advance(12 * 3_600_000);
  const server = organization.as(
    organization.world.tokens.issue(organization.world.channels.all()[0]?.token.client ?? never()).value,
  );
  await server("PUT", renewed.path, [{ id: "v2.routing.queues.queue-care.conversations" }]);
  const closed = once(left.socket, "close");
  organization.clock.advance(12 * 3_600_000);
  await closed;
  expect((await server("GET", left.path)).status).toBe(404);
  expect((await server("GET", renewed.path)).status).toBe(200);
  expect(renewed.socket.readyState).toBe(renewed.socket.OPEN);
});

test("the socket beats, answers pings and subscribes", async () => {
  const { socket, frames } = await subscribed(organization, organization.agent(KIM.id), []);
  organization.clock.advance(60_000);
  socket.send(JSON.stringify({ message: "ping" }));
  socket.send(JSON.stringify({ message: "subscribe", topics: [MINE], correlationId: "c1" }));
  socket.send(JSON.stringify({ message: "subscribe", topics: ["v2.nothing"] }));
  await expect
    .poll(() => frames)
    .toMatchObject([
      { topicName: "channel.metadata", eventBody: { message: "WebSocket Heartbeat" } },
      { eventBody: { message: "WebSocket Heartbeat" } },
      { topicName: "channel.metadata", eventBody: { message: "pong" } },
      { result: "200", status: "subscribed", correlationId: "c1" },
      { result: "400", status: "failure" },
    ]);
});

test("a second socket takes the channel over and the first one is told", async () => {
  const first = await subscribed(organization, organization.agent(KIM.id), [MINE]);
  const closed = once(first.socket, "close");
  const second = await organization.listen(first.uri);
  await closed;
  expect(first.frames.at(-1)?.topicName).toBe(`v2.system.no_longer_subscribed.${first.id}`);
  start();
  await expect.poll(() => second.frames.length).toBeGreaterThan(0);
});

test("a closing socket is announced, closes after the grace, and keeps its topics for the next one", async () => {
  const first = await subscribed(organization, organization.agent(KIM.id), [MINE]);
  organization.faults.socketClosing({ userId: KIM.id });
  await expect.poll(() => first.frames.at(-1)?.topicName).toBe("v2.system.socket_closing");
  const closed = once(first.socket, "close");
  organization.clock.advance(60_000);
  await closed;
  const second = await organization.listen(first.uri);
  start();
  await expect.poll(() => second.frames.length).toBeGreaterThan(0);
});

test("a half-open socket stays and is silent, even to pings", async () => {
  const { socket, frames } = await subscribed(organization, organization.agent(KIM.id), [MINE]);
  const other = await subscribed(organization, organization.agent(KIM.id), [MINE]);
  let ponged = false;
  socket.on("pong", () => {
    ponged = true;
  });
  organization.faults.halfOpen({ channelId: organization.world.channels.all()[0]?.id });
  socket.ping();
  socket.send(JSON.stringify({ message: "ping" }));
  start();
  await expect.poll(() => other.frames.length).toBeGreaterThan(0);
  expect({ frames, ponged, state: socket.readyState }).toEqual({
    frames: [],
    ponged: false,
    state: socket.OPEN,
  });
});

test("a dead token's channel hears nothing more, and a revoked one is told", async () => {
  const { frames, id, uri } = await subscribed(organization, organization.agent(KIM.id), [MINE]);
  organization.faults.revokeTokens({ userId: KIM.id });
  await expect
    .poll(() => frames.map(({ topicName }) => topicName))
    .toEqual([`v2.system.token_revoked.${id}`]);
  start();
  const again = await organization.listen(uri);
  again.socket.send(JSON.stringify({ message: "subscribe", topics: [MINE] }));
  await expect.poll(() => again.frames).toMatchObject([{ result: "404" }]);
});

test("an evicted channel loses its socket and its address", async () => {
  const { socket, uri } = await subscribed(organization, organization.agent(KIM.id), [MINE]);
  const closed = once(socket, "close");
  organization.faults.evictChannels({ userId: KIM.id });
  await closed;
  await expect(organization.listen(uri)).rejects.toThrow("404");
});

test("events repeat, overtake each other and take strange shapes when they are told to", async () => {
  const { frames } = await subscribed(organization, organization.agent(KIM.id), [MINE]);
  organization.faults.events({ duplicate: 1, outOfOrder: 0.5, unknownShape: 1 });
  const id = start();
  for (const text of ["one", "two", "three", "four"]) organization.customerWrites(id, text);
  // one event at the answer, two a message: each twice, and each with a strange one
  await expect.poll(() => frames.length).toBe(27);
  const counts = frames
    .filter(({ eventBody }) => eventBody?.id === id)
    .map(({ eventBody }) => (JSON.stringify(eventBody).match(/messageId/g) ?? []).length);
  expect(counts).not.toEqual([...counts].sort((a, b) => a - b));
});

function never(): never {
  throw new Error("there is a channel");
}
