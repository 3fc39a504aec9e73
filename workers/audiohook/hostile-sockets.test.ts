import { afterEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { AudiohookServer } from "./audiohook-server.ts";
import { runningServer, until } from "./testing/running-server.ts";

const servers: AudiohookServer[] = [];

async function start(options: Parameters<typeof runningServer>[0] = {}) {
  const running = await runningServer(options);
  servers.push(running.server);
  return running;
}

afterEach(async () => {
  for (const server of servers.splice(0)) await server.drain();
});

test.each([
  ["text", "x".repeat(65_537)],
  ["audio", Buffer.alloc(65_538, 0xff)],
])("an oversize %s frame ends its own socket and no other", async (_kind, frame) => {
  const { call, sink, server } = await start();
  const { client: bystander, customer } = await call();
  const { client: culprit } = await call();
  culprit.ws.send(frame);
  expect(await culprit.closed).toBe(1009);
  await until(() => sink.lines.includes("ended connection_lost"));
  bystander.audio(100);
  await until(() => customer.heard.length > 0);
  bystander.say("ping");
  await bystander.next("pong");
  expect(server.health().calls).toBe(1);
});

test("the largest allowed frame is taken", async () => {
  const { call } = await start();
  const { client, customer } = await call();
  client.ws.send(Buffer.alloc(64_000, 0xff));
  await until(() => customer.heard.length > 0);
  expect(customer.heard).toEqual(["audio:0:4000"]);
});

test("a frame that breaks the WebSocket protocol ends its own socket and no other", async () => {
  const { call, server } = await start();
  const { client: bystander } = await call();
  const { client: culprit } = await call();
  const raw = (culprit.ws as unknown as { _socket: { write(bytes: Buffer): void } })._socket;
  raw.write(Buffer.from([0xff, 0xff, 0xff, 0xff]));
  await culprit.closed;
  bystander.say("ping");
  await bystander.next("pong");
  await until(() => server.health().calls === 1);
});

test("text that is not UTF-8 or not JSON costs its sender the session", async () => {
  const { call, server } = await start();
  const { client } = await call();
  client.ws.send("not json");
  expect((await client.next("disconnect")).parameters).toMatchObject({ reason: "error" });
  await client.close("disconnect");
  expect(server.health().protocolErrors).toBe(1);
});

test("an odd stereo frame is answered with disconnect, once", async () => {
  const { call, sink } = await start();
  const { client } = await call();
  client.ws.send(Buffer.alloc(1601));
  client.ws.send(Buffer.alloc(1601));
  await client.next("disconnect");
  await client.close("disconnect");
  expect(client.types()).toEqual(["opened", "disconnect", "closed"]);
  await until(() => sink.lines.includes("ended protocol_error"));
});

test("after disconnect the server waits for the client, then ends the socket itself", async () => {
  const { call, sink } = await start({ timings: { goodbyeMs: 150 } });
  const { client } = await call();
  client.say("ping", {}, { seq: 99 });
  await client.next("disconnect");
  expect(client.ws.readyState).toBe(WebSocket.OPEN);
  expect(await client.closed).toBe(1006);
  await until(() => sink.lines.includes("ended protocol_error"));
  expect(sink.lines.filter((line) => line.startsWith("ended"))).toHaveLength(1);
});

test("last words that take longer than the goodbye still come before closed", async () => {
  const { call, sink } = await start({ timings: { goodbyeMs: 60 } });
  const { client, customer } = await call();
  client.audio(20);
  await until(() => customer.heard.length > 0);
  customer.atFlush = async () => {
    await new Promise((resolve) => setTimeout(resolve, 120));
    customer.says("slow words");
  };
  client.say("ping", {}, { seq: 99 });
  await client.next("disconnect");
  await client.close("disconnect");
  await until(() => sink.lines.includes("ended protocol_error"));
  expect(sink.lines).toContain("customer: slow words");
});

test("a client that never closes after closed loses its socket, and the call ends once", async () => {
  const { call, sink } = await start({ timings: { goodbyeMs: 50 } });
  const { client } = await call();
  client.say("close", { reason: "end" });
  await client.next("closed");
  expect(await client.closed).toBe(1006);
  expect(sink.lines.filter((line) => line.startsWith("ended"))).toEqual(["ended end"]);
});

test("a lost socket is finalized exactly once, last words included", async () => {
  const { call, sink, server } = await start();
  const { client, customer, agent } = await call();
  client.audio(100);
  await until(() => customer.heard.length > 0);
  customer.atFlush = () => customer.says("unfinished");
  client.ws.terminate();
  await until(() => sink.lines.includes("ended connection_lost"));
  expect(sink.lines.slice(1)).toEqual(["customer: unfinished", "ended connection_lost"]);
  expect([customer.heard, agent.heard].map((heard) => heard.filter((entry) => entry === "close"))).toEqual([
    ["close"],
    ["close"],
  ]);
  await until(() => server.health().sockets === 0);
});

test("a socket lost between close and closed ends the call once", async () => {
  const { call, sink, server } = await start();
  const { client, customer } = await call();
  client.audio(20);
  await until(() => customer.heard.length > 0);
  customer.atFlush = () => new Promise((resolve) => setTimeout(resolve, 50));
  client.say("close", { reason: "end" });
  await until(() => customer.heard.includes("flush"));
  client.ws.terminate();
  await until(() => server.health().sockets === 0);
  expect(sink.lines.filter((line) => line.startsWith("ended"))).toEqual(["ended end"]);
});

test("a recognizer that never flushes does not hold back closed", async () => {
  const { call, sink } = await start({ timings: { flushMs: 50 } });
  const { client, customer } = await call();
  client.audio(20);
  await until(() => customer.heard.length > 0);
  customer.atFlush = () => new Promise(() => undefined);
  await client.close();
  await until(() => sink.lines.includes("ended end"));
});

test("a client that never opens is asked to leave, and a silent one is cut off", async () => {
  const { connect } = await start({ timings: { openMs: 20, goodbyeMs: 20 } });
  const idle = await connect();
  await idle.next("disconnect");
  await idle.closed;
  const { call, sink } = await start({ timings: { silenceMs: 400 } });
  const { client } = await call();
  expect(await client.closed).toBe(1006);
  await until(() => sink.lines.includes("ended connection_lost"));
});

test("a sink that refuses holds up nothing and loses nothing", async () => {
  const { call, sink, server } = await start();
  sink.refusals = 6;
  const { client, customer } = await call();
  for (let n = 1; n <= 5; n++) customer.says(`sentence ${n}`);
  client.say("ping");
  await client.next("pong");
  await client.close();
  await until(() => sink.lines.includes("ended end"));
  expect(sink.lines.slice(1)).toEqual(
    [1, 2, 3, 4, 5].map((n) => `customer: sentence ${n}`).concat("ended end"),
  );
  expect(server.health()).toMatchObject({ waitingResults: 0, lostResults: 0 });
});

test("a hundred calls that open together are all answered while the recognizer is down", async () => {
  const { connect, engine, server } = await start();
  engine.failures = 100_000;
  const clients = await Promise.all(Array.from({ length: 100 }, () => connect()));
  for (const client of clients) client.open();
  await Promise.all(clients.map((client) => client.next("opened")));
  expect(server.health()).toMatchObject({ calls: 100, protocolErrors: 0 });
});
