import { afterEach, beforeEach, expect, test } from "vitest";
import { aService } from "../testing/deepgram-service.ts";
import { counted, listenTo, pushAll, texts, until } from "../testing/listening.ts";

let service: Awaited<ReturnType<typeof aService>>;
beforeEach(async () => {
  service = await aService();
});
afterEach(() => service.close());

test("a connection that is cut is replaced, and what it had not answered is sent again", async () => {
  const { stream, connection, finals, gaps, health } = await service.call();
  pushAll(stream, counted(2000));
  connection.results("First.", 0, 1.2, { is_final: true, speech_final: true });
  connection.results("Second", 1.2, 0.8);
  await until(() => finals.length === 1 && connection.heardMs === 2000);
  connection.cut();
  pushAll(stream, counted(500, 2000));
  const second = await service.connectionAfter(1);
  await until(() => second.heardMs === 1300);
  expect(second.heard).toEqual([...counted(1300, 1200)]);
  second.results("Second.", 0, 1, { is_final: true, speech_final: true });
  await until(() => finals.length === 2);
  expect(finals).toMatchObject([
    { text: "First.", startMs: 0 },
    { text: "Second.", startMs: 1200 },
  ]);
  expect([gaps, health]).toEqual([[], []]);
});

test("an utterance's certain beginning is not lost with its connection", async () => {
  const { stream, connection, finals } = await service.call();
  pushAll(stream, counted(2000));
  connection.results("I would like", 0, 1, { is_final: true });
  connection.results("to", 1, 1);
  await until(() => connection.heardMs === 2000);
  connection.close(1011);
  const second = await service.connectionAfter(1);
  await until(() => second.heardMs === 1000);
  second.results("to pay.", 0, 1, { is_final: true, speech_final: true });
  await until(() => finals.length === 2);
  expect(texts(finals)).toEqual(["I would like", "to pay."]);
});

test("a service that takes audio and answers nothing is left for another connection", async () => {
  const { stream } = await service.call({ stallMs: 30 });
  pushAll(stream, counted(400));
  const second = await service.connectionAfter(1);
  await until(() => second.heardMs >= 400);
  expect(second.heard.slice(0, 3200)).toEqual([...counted(400)]);
});

test("an error that the service names ends the connection and is survived", async () => {
  const { stream, connection, finals } = await service.call();
  pushAll(stream, counted(500));
  connection.say({ type: "Error", description: "Bad audio", variant: "DATA-0000" });
  connection.close(1008);
  const second = await service.connectionAfter(1);
  second.results("Still here", 0, 0.5, { is_final: true, speech_final: true });
  await until(() => finals.length === 1);
});

test("while the service is away 30 s of audio wait and the rest is a gap", async () => {
  service.server.state.refuseWith = 503;
  const { stream, health, gaps, finals } = listenTo(service.engine());
  await until(() => health.length === 1);
  expect(health).toEqual([false]);
  for (let s = 0; s < 45; s++) stream.push(counted(1000, s * 1000));
  expect(gaps).toEqual([{ startMs: 0, durationMs: 10_000, reason: "recognizer_failed" }]);
  service.server.state.refuseWith = 0;
  const connection = await service.connectionAfter(0);
  await until(() => connection.heardMs === 30_000);
  connection.results("Late", 0, 1, { is_final: true, speech_final: true });
  await until(() => finals.length === 1);
  expect(finals).toMatchObject([{ text: "Late", startMs: 15_000 }]);
  expect(gaps.slice(1)).toEqual([{ startMs: 10_000, durationMs: 5000, reason: "recognizer_failed" }]);
  expect(health).toEqual([false, true]);
});

test.each([
  ["a refused key", 401],
  ["refused settings", 400],
])("%s is told at once and tried again seldom", async (_what, status) => {
  service.server.state.refuseWith = status;
  const { health } = listenTo(service.engine({ retry: { firstMs: 5, longestMs: 20, refusedMs: 60_000 } }));
  await until(() => health.length === 1);
  expect(health).toEqual([false]);
  expect(service.server.connections).toEqual([]);
});

test("a server that never answers the upgrade is a service that is away", async () => {
  service.server.state.answers = false;
  const { health } = listenTo(service.engine({ connectMs: 20 }));
  await until(() => health.length === 1);
  expect(health).toEqual([false]);
});

test("a flush that the service does not answer ends in time, with a gap", async () => {
  const { stream, connection, gaps, finals } = await service.call({ finishMs: 60_000 });
  connection.deafToClose = true;
  pushAll(stream, counted(1000));
  connection.results("Half", 0, 0.4, { is_final: true });
  await until(() => connection.heardMs === 1000);
  connection.results("a", 0.4, 0.2);
  await stream.flush(50);
  expect(texts(finals)).toEqual(["Half"]);
  expect(gaps).toEqual([{ startMs: 400, durationMs: 600, reason: "recognizer_behind" }]);
});

test("after closing nothing is said and nothing stays open", async () => {
  const { stream, connection, finals, health } = await service.call();
  pushAll(stream, counted(1000));
  stream.close();
  await until(() => !connection.isOpen);
  expect([finals, health]).toEqual([[], []]);
});

test("an address that is neither public nor allowed is never connected to", async () => {
  const { health } = listenTo(service.engine({}, ""));
  await until(() => health.length === 1);
  expect(service.server.connections).toEqual([]);
});
