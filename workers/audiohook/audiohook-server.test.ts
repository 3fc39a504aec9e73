import { afterEach, expect, test } from "vitest";
import type { AudiohookServer } from "./audiohook-server.ts";
import { MEDIA } from "./testing/call-client.ts";
import { runningServer, until } from "./testing/running-server.ts";

const NIL = "00000000-0000-0000-0000-000000000000";
const servers: AudiohookServer[] = [];

async function start(options: Parameters<typeof runningServer>[0] = {}) {
  const running = await runningServer(options);
  servers.push(running.server);
  return running;
}

afterEach(async () => {
  for (const server of servers.splice(0)) await server.drain();
});

test("a call goes from open to closed and its finals reach the sink in order", async () => {
  const { call, sink, server, connection } = await start();
  const { client, opened, customer, agent } = await call({ customConfig: { queue: "billing" } });
  expect(opened.parameters).toEqual({ media: [MEDIA.stereo] });
  client.audio(100, [0x80, 0x00]);
  await until(() => customer.heard.length > 0 && agent.heard.length > 0);
  expect([customer.loudest, agent.loudest]).toEqual([[32_124], [-32_124]]);
  customer.handlers.onInterim({ utteranceId: "1", text: "my", startMs: 0, durationMs: 100 });
  customer.says("my bill");
  agent.says("of course");
  await client.close();
  await until(() => sink.lines.includes("ended end"));
  expect(sink.lines).toEqual([
    `started ${sink.calls[0]?.conversationId}`,
    "interim customer: my",
    "customer: my bill",
    "agent: of course",
    "ended end",
  ]);
  expect(sink.calls[0]).toMatchObject({
    tenantId: connection.tenantId,
    connectionId: connection.connectionId,
    sessionId: client.sessionId,
    participant: { ani: "+15551234" },
    language: "en-US",
    customConfig: { queue: "billing" },
  });
  expect(new Set(sink.utteranceIds).size).toBe(2);
  expect(server.health()).toMatchObject({ protocolErrors: 0, calls: 0, handshakeMs: { count: 1 } });
});

test("a reversed offer is mapped by name", async () => {
  const { call, engine } = await start();
  const { client, opened } = await call({ media: [MEDIA.reversed] });
  expect(opened.parameters).toEqual({ media: [MEDIA.reversed] });
  client.audio(20, [0x00, 0x80]);
  await until(() => engine.streams.every(({ heard }) => heard.length > 0));
  const [agent, customer] = engine.streams;
  expect([customer?.loudest, agent?.loudest]).toEqual([[32_124], [-32_124]]);
});

test("opened comes before any recognizer, and early audio waits for it", async () => {
  const { connect, engine } = await start();
  const order: string[] = [];
  engine.onOpen = () => order.push("recognizer");
  const client = await connect();
  client.ws.on("message", () => order.push("opened"));
  client.open();
  client.audio(1000);
  await client.next("opened");
  await until(() => engine.streams.length === 2 && engine.streams.every(({ heard }) => heard.length > 0));
  expect(engine.streams[0]?.heard).toEqual(["audio:0:1000"]);
});

test("a broken recognizer delays nothing, and what it missed waits for it", async () => {
  const { connect, engine, sink } = await start();
  engine.failures = 4;
  const client = await connect();
  client.open();
  client.audio(500);
  await client.next("opened");
  await until(() => engine.streams.length === 2 && engine.streams.every(({ heard }) => heard.length > 0));
  expect(engine.streams.map(({ heard }) => heard)).toEqual([["audio:0:500"], ["audio:0:500"]]);
  await until(() => sink.lines.length === 3);
  expect(sink.lines.slice(1)).toEqual([
    "notice recognizer_failed en-US",
    "notice recognizer_recovered en-US",
  ]);
});

test("a recognizer that dies in mid-call is replaced", async () => {
  const { call, engine, sink } = await start();
  const { client, customer } = await call();
  client.audio(100);
  await until(() => customer.heard.length > 0);
  customer.says("before");
  customer.broken = true;
  client.audio(100);
  await until(() => engine.streams[2]?.heard.length === 2);
  expect(engine.streams[2]?.heard).toEqual(["skip:100", "audio:100:100"]);
  engine.streams[2]?.says("after", 100);
  await client.close();
  await until(() => sink.lines.includes("ended end"));
  expect(sink.lines).toContain("customer: before");
  expect(sink.lines).toContain("customer: after");
  expect(new Set(sink.utteranceIds).size).toBe(2);
});

test("a probe leaves no trace", async () => {
  const { connect, engine, sink, server } = await start();
  const client = await connect();
  client.open({ conversationId: NIL, participant: { id: NIL, ani: "", aniName: "", dnis: "" } });
  expect((await client.next("opened")).parameters).toEqual({ media: [MEDIA.stereo] });
  client.say("ping");
  await client.next("pong");
  await client.close();
  expect([engine.streams, sink.lines, server.health().calls]).toEqual([[], [], 0]);
});

test("a language that cannot be recognized opens normally and is said so", async () => {
  const { connect, engine, sink } = await start();
  const client = await connect();
  client.open({ language: "es-419" });
  await client.next("opened");
  client.audio(100);
  client.say("update", { language: "en-GB" });
  await client.next("updated");
  await until(() => engine.streams.length === 2);
  client.audio(100);
  await until(() => engine.streams.every(({ heard }) => heard.length > 0));
  expect(engine.streams[0]?.heard).toEqual(["skip:100", "audio:100:100"]);
  client.say("update", { language: "fr" });
  await until(() => engine.streams.every(({ heard }) => heard.includes("close")));
  await client.close();
  await until(() => sink.lines.includes("ended end"));
  expect(sink.lines.slice(1)).toEqual([
    "notice language_unsupported es-419",
    "notice language_unsupported fr",
    "ended end",
  ]);
});

test("a call without a language uses the recognizer's own", async () => {
  const { call } = await start();
  await call({ language: undefined });
});

test("pauses and discarded audio move the recognizers on and are told as gaps", async () => {
  const { call, sink } = await start();
  const { client, customer } = await call();
  client.audio(1000);
  client.say("paused");
  client.audio(500);
  client.say("paused");
  client.say("resumed", { start: "PT1S", discarded: "PT3S" });
  client.say("resumed", { start: "PT1S", discarded: "PT3S" });
  client.audio(200);
  client.say("discarded", { start: "PT4.2S", discarded: "PT0.8S" });
  client.audio(100);
  await until(() => customer.heard.length === 6);
  expect(customer.heard).toEqual([
    "audio:0:1000",
    "flush",
    "skip:4000",
    "audio:4000:200",
    "skip:5000",
    "audio:5000:100",
  ]);
  await until(() => sink.lines.length === 3);
  expect(sink.lines.slice(1)).toEqual(["gap both 1000+3000 paused", "gap both 4200+800 platform_discarded"]);
});

test("a step back in the client's time starts new recognizers there", async () => {
  const { call, engine } = await start();
  const { client, customer } = await call();
  client.audio(3000);
  client.say("discarded", { start: "PT1S", discarded: "PT0S" });
  client.audio(100);
  await until(() => engine.streams[2]?.heard.length === 2);
  expect(engine.streams[2]?.heard).toEqual(["skip:1000", "audio:1000:100"]);
  await until(() => customer.heard.includes("close"));
});

test("the host can pause, resume and send events", async () => {
  const { call, server, connection } = await start();
  const { client } = await call();
  const session = server.session(connection.connectionId, client.sessionId);
  session?.pause();
  await client.next("pause");
  session?.resume();
  await client.next("resume");
  session?.sendEntities([]);
  session?.sendEntities([{ type: "note", data: 1 }]);
  expect((await client.next("event")).parameters).toEqual({ entities: [{ type: "note", data: 1 }] });
  expect(server.session("another", client.sessionId)).toBeUndefined();
});

test("numbers stay right while pings, audio and events cross", async () => {
  const { call, server, connection } = await start();
  const { client } = await call();
  const session = server.session(connection.connectionId, client.sessionId);
  for (let n = 0; n < 20; n++) {
    client.say("ping");
    client.audio(20);
    session?.sendEntities([{ type: "note", data: n }]);
  }
  for (let n = 0; n < 20; n++) expect((await client.next("pong")).clientseq).toBe(n + 2);
  await client.close();
  expect(client.received.map(({ seq }) => seq)).toEqual(client.received.map((_, i) => i + 1));
  expect(server.health().protocolErrors).toBe(0);
});

test("finals that come with the flush are out before closed, and closed comes once", async () => {
  const { call, sink, server, connection } = await start();
  const { client, customer } = await call();
  const session = server.session(connection.connectionId, client.sessionId);
  client.audio(100);
  customer.atFlush = async () => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    customer.says("last words");
    session?.sendEntities([{ type: "transcript", data: "last words" }]);
  };
  await until(() => customer.heard.length > 0);
  client.say("close", { reason: "end" });
  client.say("close", { reason: "end" });
  client.say("ping");
  await client.next("closed");
  expect(client.types()).toEqual(["opened", "pong", "event", "closed"]);
  await until(() => sink.lines.includes("ended end"));
  expect(sink.lines.slice(1)).toEqual(["customer: last words", "ended end"]);
});

test("a retried open is the same call", async () => {
  const { identity, connect, sink, server, engine } = await start();
  const who = identity();
  const conversationId = "090eaa2f-72fa-480a-83e0-8667ff89c0ec";
  const first = await connect(who);
  first.open({ conversationId });
  await first.next("opened");
  const second = await connect(who);
  second.open({ conversationId });
  await second.next("opened");
  await first.next("disconnect");
  await first.close("disconnect");
  expect(server.health().calls).toBe(1);
  await until(() => engine.streams.length === 4);
  engine.streams[2]?.says("hello");
  await second.close();
  await until(() => sink.lines.includes("ended end"));
  expect(sink.lines).toEqual([`started ${conversationId}`, "customer: hello", "ended end"]);
});
