import { afterEach, beforeEach, expect, test } from "vitest";
import { aService } from "../testing/deepgram-service.ts";
import { counted, listenTo, pushAll, texts, until } from "../testing/listening.ts";

let service: Awaited<ReturnType<typeof aService>>;
beforeEach(async () => {
  service = await aService();
});
afterEach(() => service.close());

test("a connection says who it is, what it sends and what it wants", async () => {
  const { connection } = await service.call({}, "es");
  expect(connection.authorization).toBe("Token right-key");
  expect(connection.request.pathname).toBe("/v1/listen");
  expect(Object.fromEntries(connection.request.searchParams)).toEqual({
    model: "nova-3",
    language: "es",
    encoding: "linear16",
    sample_rate: "8000",
    channels: "1",
    interim_results: "true",
    punctuate: "true",
    endpointing: "300",
    utterance_end_ms: "1000",
  });
});

test("audio arrives as it was spoken, from the first sample on", async () => {
  const heard = listenTo(service.engine());
  pushAll(heard.stream, counted(300));
  const connection = await service.connectionAfter(0);
  await until(() => connection.heardMs === 300);
  expect(connection.heard).toEqual([...counted(300)]);
});

test("an utterance grows through its interims, keeps its id, and is final with its words' times", async () => {
  const { stream, connection, interims, finals } = await service.call();
  pushAll(stream, counted(4000));
  connection.results("Where is", 0.5, 1);
  connection.results("Where is my", 0.5, 1.5, { is_final: true });
  connection.results("order?", 2, 1);
  connection.results("order please?", 2, 1, { is_final: true, speech_final: true });
  await until(() => finals.length === 1);
  expect(texts(interims)).toEqual(["Where is", "Where is my", "Where is my order?"]);
  expect(new Set([...interims, ...finals].map(({ utteranceId }) => utteranceId)).size).toBe(1);
  expect(finals).toMatchObject([
    { text: "Where is my order please?", startMs: 500, durationMs: 2500, confidence: expect.closeTo(0.9) },
  ]);
  expect(finals[0]?.words).toEqual([
    { text: "Where", startMs: 500, endMs: 1000, confidence: 0.8 },
    { text: "is", startMs: 1000, endMs: 1500, confidence: 0.8 },
    { text: "my", startMs: 1500, endMs: 2000, confidence: 0.8 },
    { text: "order", startMs: 2000, endMs: 2500, confidence: 0.8 },
    { text: "please?", startMs: 2500, endMs: 3000, confidence: 0.8 },
  ]);
});

test("the service's end of an utterance makes a final of what was certain", async () => {
  const { stream, connection, finals } = await service.call();
  pushAll(stream, counted(1000));
  connection.results("Hello", 0, 1, { is_final: true });
  connection.say({ type: "UtteranceEnd", channel: [0, 1], last_word_end: 1 });
  await until(() => finals.length === 1);
  connection.results("", 1, 2, { is_final: true, speech_final: true });
  connection.results("Again", 3, 1, { is_final: true, speech_final: true });
  await until(() => finals.length === 2);
  expect(texts(finals)).toEqual(["Hello", "Again"]);
});

test("messages that make no sense are passed over", async () => {
  const { stream, connection, finals } = await service.call();
  pushAll(stream, counted(1000));
  connection.say({ type: "SpeechStarted", channel: [0, 1], timestamp: 0 });
  connection.say({ type: "Results", start: "soon" });
  connection.say({ nothing: true });
  connection.results("Fine", 0, 1, { is_final: true, speech_final: true });
  await until(() => finals.length === 1);
  expect(texts(finals)).toEqual(["Fine"]);
});

test("a flush closes the stream properly and waits for its last words", async () => {
  const { stream, connection, finals, gaps } = await service.call();
  pushAll(stream, counted(1000));
  connection.atClose = (closing) => closing.results("Goodbye", 0, 1, { is_final: true, from_finalize: true });
  await stream.flush(5000);
  expect(connection.controls).toEqual(["Finalize", "CloseStream"]);
  expect([texts(finals), gaps]).toEqual([["Goodbye"], []]);
});

test("after a skip the times are those of the stream again", async () => {
  const { stream, connection, finals } = await service.call();
  connection.atClose = (closing) => closing.results("Before", 0, 1, { is_final: true });
  pushAll(stream, counted(1000));
  stream.skipTo(60_000);
  pushAll(stream, counted(1000));
  const second = await service.connectionAfter(1);
  second.results("After", 0.2, 0.8, { is_final: true, speech_final: true });
  await until(() => finals.length === 2);
  expect(finals).toMatchObject([
    { text: "Before", startMs: 0 },
    { text: "After", startMs: 60_200 },
  ]);
});

test("a connection without audio is kept alive", async () => {
  const { connection } = await service.call({ keepAliveMs: 10 });
  await until(() => connection.controls.length >= 2);
  expect(connection.controls.slice(0, 2)).toEqual(["KeepAlive", "KeepAlive"]);
});
