import { status } from "@grpc/grpc-js";
import { afterEach, expect, test } from "vitest";
import { CODES } from "#/sandbox/five9/voice/leg.ts";
import { until } from "./testing/running-server.ts";
import { runningVoiceDoor } from "./testing/running-voice-door.ts";

type Door = Awaited<ReturnType<typeof runningVoiceDoor>>;
const open: Door[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((door) => door.close()));
});

async function door(...options: Parameters<typeof runningVoiceDoor>): Promise<Door> {
  const running = await runningVoiceDoor(...options);
  open.push(running);
  return running;
}

const FRAME = new Int16Array(160).fill(1000);

test("two legs are one conversation, each heard by a recognizer of its own", async () => {
  const { both, engine, sink } = await door();
  const { customer, agent } = await both();
  expect([customer.codes[0], agent.codes[0]]).toEqual([CODES.startStreaming, CODES.startStreaming]);
  await until(() => engine.streams.length === 2);
  customer.send(FRAME);
  agent.send(FRAME);
  const [heardCustomer, heardAgent] = engine.streams;
  await until(() => heardCustomer?.positionMs !== 0 && heardAgent?.positionMs !== 0);
  heardCustomer?.says("Where is my parcel?");
  heardAgent?.says("One moment.");
  await until(() => sink.lines.length === 3);
  customer.end(CODES.callEnded);
  agent.end(CODES.callEnded);
  await until(() => sink.lines.length === 4);
  expect(sink.lines).toEqual([
    "started 300000001",
    "customer: Where is my parcel?",
    "agent: One moment.",
    "ended end",
  ]);
  expect(sink.calls[0]?.customConfig).toEqual({ queueId: "5", agentId: "77" });
});

test("an agent that only the second leg knows is told with it", async () => {
  const { leg, sink } = await door();
  await leg("CUSTOMER", { agentId: "" }).started;
  await leg("AGENT").started;
  await until(() => sink.calls.length === 2);
  expect(sink.calls.map(({ customConfig }) => customConfig)).toEqual([
    { queueId: "5" },
    { queueId: "5", agentId: "77" },
  ]);
});

test("legs of other calls and other domains stay apart", async () => {
  const { leg, sink, server } = await door();
  await leg("CUSTOMER").started;
  await leg("CUSTOMER", { callId: "300000002" }).started;
  await leg("AGENT", { domainId: "other" }).started;
  expect(server.health().calls).toBe(3);
  expect(sink.calls).toHaveLength(3);
});

test("a wrong trust token, domain or subscription ends in the same words", async () => {
  const { leg, sink, server } = await door({ connection: { domainId: "131000", subscriptionId: "sub-1" } });
  const strangers = [
    leg("CUSTOMER", { trustToken: "wrong" }),
    leg("CUSTOMER", { domainId: "131001" }),
    leg("CUSTOMER", { subscriptionId: "sub-2" }),
  ];
  const ends = await Promise.all(strangers.map(({ over }) => over));
  expect(new Set(ends.map(({ code, details }) => `${code} ${details}`))).toEqual(
    new Set([`${status.UNAUTHENTICATED} Unauthenticated`]),
  );
  expect(strangers.flatMap(({ codes }) => codes)).toEqual([]);
  expect(server.health().refused).toBe(3);
  expect(sink.lines).toEqual([]);
});

test("one leg more than there is room for is told so, and the others go on", async () => {
  const { leg, server } = await door({ mostLegs: 1 });
  const first = leg("CUSTOMER");
  await first.started;
  const second = leg("AGENT");
  expect(await second.started).toBe(1100);
  expect((await second.over).code).toBe(status.OK);
  expect(server.health()).toMatchObject({ legs: 1, withoutRoom: 1 });
  first.end(CODES.callEnded);
  await until(() => server.health().legs === 0);
  expect(await leg("CUSTOMER", { callId: "2" }).started).toBe(CODES.startStreaming);
});

test("a supervisor who listens in is asked to leave", async () => {
  const { leg, sink } = await door();
  expect(await leg("SUPERVISOR").started).toBe(1011);
  expect(sink.lines).toEqual([]);
});

test("hold is a gap of that leg, and the call goes on behind it", async () => {
  const { leg, engine, sink } = await door();
  const customer = leg("CUSTOMER");
  await customer.started;
  customer.send(FRAME);
  await until(() => engine.streams[0]?.positionMs === 20 || (engine.streams[0]?.heard.length ?? 0) > 1);
  customer.say(CODES.hold);
  await until(() => engine.streams[0]?.heard.includes("flush") ?? false);
  await new Promise((resolve) => setTimeout(resolve, 30));
  customer.say(CODES.resume);
  await until(() => sink.lines.length === 2);
  expect(sink.lines[1]).toMatch(/^gap customer [\d.]+\+[\d.]+ paused$/);
  const before = engine.streams[0]?.positionMs ?? 0;
  customer.send(FRAME);
  await until(() => (engine.streams[0]?.positionMs ?? 0) > before);
});

test("a leg that breaks may come back within the grace; the call is announced and ended once", async () => {
  const { leg, sink } = await door();
  const customer = leg("CUSTOMER");
  await customer.started;
  customer.break();
  await customer.over;
  const again = leg("CUSTOMER");
  await again.started;
  again.end(CODES.callEnded);
  await until(() => sink.lines.length >= 3);
  expect(sink.lines.filter((line) => /^(started|ended)/.test(line))).toEqual([
    "started 300000001",
    "ended end",
  ]);
});

test("a leg that breaks and stays away ends its call as lost", async () => {
  const { leg, sink } = await door();
  const customer = leg("CUSTOMER");
  await customer.started;
  customer.break();
  await until(() => sink.lines.at(-1) === "ended lost");
});

test("the same leg on a second stream takes over", async () => {
  const { leg, server } = await door();
  const first = leg("CUSTOMER");
  await first.started;
  const second = leg("CUSTOMER");
  await second.started;
  expect((await first.over).code).toBe(status.OK);
  expect(first.codes).toEqual([CODES.startStreaming, 1011]);
  await until(() => server.health().legs === 1);
  expect(server.health().calls).toBe(1);
});

test("a leg whose other half never comes is told, and its absence stands in the transcript", async () => {
  const { leg, alone, sink, server } = await door();
  const customer = leg("CUSTOMER");
  await customer.started;
  await until(() => alone.length === 1);
  customer.end(CODES.callEnded);
  await until(() => sink.lines.length === 3);
  expect(alone).toEqual(["300000001 customer"]);
  expect(server.health().aloneCalls).toBe(1);
  expect(sink.lines[1]).toMatch(/^gap agent 0\+[\d.]+ platform_discarded$/);
});

test("a half that another process hears is not missed", async () => {
  const { leg, alone, elsewhere, sink } = await door();
  elsewhere.add("300000001 agent");
  const customer = leg("CUSTOMER");
  await customer.started;
  await new Promise((resolve) => setTimeout(resolve, 150));
  customer.end(CODES.callEnded);
  await until(() => sink.lines.includes("ended end"));
  expect(alone).toEqual([]);
  expect(sink.lines).toEqual(["started 300000001", "ended end"]);
});

test("a stream without a configuration is ended", async () => {
  const { client } = await door({ timings: { configMs: 30 } });
  const stream = client.makeBidiStreamRequest(
    "/five9.voicestream.Voice/StreamingVoice",
    (bytes: Buffer) => bytes,
    (bytes: Buffer) => bytes,
  );
  stream.on("data", () => undefined);
  const code = await new Promise<number>((resolve) => {
    stream.on("error", () => undefined);
    stream.on("status", (end) => resolve(end.code));
  });
  expect(code).toBe(status.OK);
});

test("bytes that are no message cost themselves alone", async () => {
  const { client, server } = await door();
  const stream = client.makeBidiStreamRequest(
    "/five9.voicestream.Voice/StreamingVoice",
    (bytes: Buffer) => bytes,
    (bytes: Buffer) => bytes,
  );
  stream.on("error", () => undefined);
  stream.write(Buffer.from([0xff, 0xff, 0xff, 0xff]));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(server.health().refused).toBe(0);
  stream.cancel();
});

test("a shutdown sends legs elsewhere and ends no call that goes on there", async () => {
  const { both, server, sink, engine } = await door();
  const { customer, agent } = await both();
  await until(() => engine.streams.length === 2);
  const [stream] = engine.streams;
  if (stream) stream.atFlush = () => stream.says("My last words.");
  const drained = server.drain();
  await until(() => customer.codes.includes(CODES.reconnect) && agent.codes.includes(CODES.reconnect));
  customer.end(CODES.disconnect);
  agent.end(CODES.disconnect);
  await drained;
  expect(sink.lines).toEqual(["started 300000001", "customer: My last words."]);
});

test("a whole call of the simulator arrives frame by frame", async () => {
  const { call, engine, sink } = await door();
  const running = call(600);
  expect(await running.started).toEqual([CODES.startStreaming, CODES.startStreaming]);
  await running.over;
  await until(() => sink.lines.includes("ended end"));
  const sent = [...running.legs.values()].map((each) => each.framesSent());
  const heard = engine.streams.map(({ heard: log }) => log.filter((line) => line.startsWith("audio")).length);
  expect(heard.sort()).toEqual(sent.sort());
});
