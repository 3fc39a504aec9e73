import { afterEach, beforeEach, expect, test } from "vitest";
import { pinAddresses } from "../pinned-address.ts";
import type { SpeechEngine } from "../speech-engine.ts";
import { counted, listenTo, pushAll, texts, until } from "../testing/listening.ts";
import { localGoogleSpeech } from "../testing/local-google-speech.ts";
import { createGoogleEngine } from "./google-engine.ts";

let server: Awaited<ReturnType<typeof localGoogleSpeech>>;
const engines: SpeechEngine[] = [];

beforeEach(async () => {
  server = await localGoogleSpeech();
});
afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.close()));
  await server.close();
});

const RETRY = { firstMs: 5, longestMs: 20, refusedMs: 20 };
type Changes = NonNullable<Parameters<typeof createGoogleEngine>[2]>;

function anEngine(changes: Changes = {}): SpeechEngine {
  const engine = createGoogleEngine(
    {
      projectId: "acme",
      location: "eu",
      endpoint: server.endpoint,
      model: "telephony",
      languages: ["en-US", "es-ES"],
    },
    { pin: pinAddresses(server.host), token: async () => "a-token" },
    { retry: RETRY, settleMs: 10, ...changes },
  );
  engines.push(engine);
  return engine;
}

const streamAfter = async (count: number) => {
  await until(() => server.streams.length === count + 1);
  const stream = server.streams[count];
  if (!stream) throw new Error("no stream");
  return stream;
};

async function aCall(changes: Changes = {}, language?: string) {
  const heard = listenTo(anEngine(changes), language);
  const remote = await streamAfter(0);
  await until(() => heard.ready.length === 1);
  return { ...heard, remote };
}

test("a stream begins with its configuration, and audio follows without it", async () => {
  const { stream, remote } = await aCall({}, "es-ES");
  stream.push(counted(2000));
  await until(() => remote.heardMs === 2000);
  expect(remote.heard).toEqual([...counted(2000)]);
  expect(remote.authorization).toBe("Bearer a-token");
  expect(remote.routing).toBe("recognizer=projects%2Facme%2Flocations%2Feu%2Frecognizers%2F_");
  expect(remote.requests[0]).toEqual({
    recognizer: "projects/acme/locations/eu/recognizers/_",
    streamingConfig: {
      config: {
        model: "telephony",
        languageCodes: ["es-ES"],
        explicitDecodingConfig: { encoding: 1, sampleRateHertz: 8000, audioChannelCount: 1 },
        features: {
          enableWordTimeOffsets: true,
          enableWordConfidence: true,
          enableAutomaticPunctuation: true,
        },
      },
      streamingFeatures: { interimResults: true },
    },
  });
  expect(remote.requests.slice(1).every((request) => !request.recognizer && !request.streamingConfig)).toBe(
    true,
  );
  expect(Math.max(...remote.requests.map(({ audio }) => audio?.length ?? 0))).toBeLessThanOrEqual(15_000);
});

test("guesses of one response are one interim, and the final has its words' times", async () => {
  const { stream, remote, interims, finals } = await aCall();
  pushAll(stream, counted(3000));
  remote.guess({ text: "to be", end: 1.2 });
  remote.guess({ text: "to be", end: 1.2 }, { text: " or not", end: 1.8 });
  remote.final("to be or not", 0.4, 2);
  await until(() => finals.length === 1);
  expect(texts(interims)).toEqual(["to be", "to be or not"]);
  expect(interims[0]?.startMs).toBe(200);
  expect(interims[0]?.utteranceId).toBe(finals[0]?.utteranceId);
  expect(finals).toMatchObject([{ startMs: 400, durationMs: 1600, confidence: expect.closeTo(0.9) }]);
  expect(finals[0]?.words?.map(({ text, startMs, endMs }) => [text, startMs, endMs])).toEqual([
    ["to", 400, 800],
    ["be", 800, 1200],
    ["or", 1200, 1600],
    ["not", 1600, 2000],
  ]);
});

test("a flush ends the stream and waits for its last words; later audio begins a new one", async () => {
  const { stream, remote, finals, gaps } = await aCall();
  pushAll(stream, counted(1000));
  remote.atEnd = (ending) => ending.final("goodbye", 0, 1);
  await stream.flush(5000);
  expect([texts(finals), gaps]).toEqual([["goodbye"], []]);
  pushAll(stream, counted(1000));
  const second = await streamAfter(1);
  second.final("hello again", 0.5, 1);
  await until(() => finals.length === 2);
  expect(finals[1]).toMatchObject({ text: "hello again", startMs: 1500 });
});

const ROTATION = { softMs: 1000, quietMs: 2000, hardMs: 3000 };

test("before its five minutes are over a stream is replaced: nothing is lost, nothing comes twice, all in order", async () => {
  const { stream, remote, finals, gaps, health } = await aCall({ rotation: ROTATION });
  remote.atEnd = (ending) => ending.final("one", 0, 3);
  pushAll(stream, counted(3000), counted(500, 3000));
  const second = await streamAfter(1);
  await until(() => second.heardMs === 500);
  second.final("two", 0, 0.4);
  await until(() => finals.length === 2);
  expect([...remote.heard, ...second.heard]).toEqual([...counted(3500)]);
  expect(finals).toMatchObject([
    { text: "one", startMs: 0 },
    { text: "two", startMs: 3000 },
  ]);
  expect([gaps, health]).toEqual([[], []]);
});

test("what the new stream says first waits for the old one's last words", async () => {
  const { stream, remote, finals, interims } = await aCall({ rotation: ROTATION });
  remote.guess({ text: "on", end: 2 });
  await until(() => interims.length === 1);
  remote.holdEnd = true;
  pushAll(stream, counted(3000), counted(500, 3000));
  const second = await streamAfter(1);
  second.final("two", 0, 0.4);
  await until(() => remote.ended && second.heardMs === 500);
  remote.final("one", 0, 3);
  remote.close();
  await until(() => finals.length === 2);
  expect(texts(finals)).toEqual(["one", "two"]);
});

test("a stream is rather replaced in a pause than in the middle of a word", async () => {
  const { stream, remote } = await aCall({ rotation: ROTATION });
  pushAll(stream, counted(2500), new Int16Array(1600), counted(200));
  const second = await streamAfter(1);
  await until(() => second.heardMs === 400 && remote.ended);
  expect(remote.heard).toEqual([...counted(2500)]);
});

test("a stream that the service ends after its longest time goes on where it was", async () => {
  const { stream, remote, finals, gaps, health } = await aCall();
  pushAll(stream, counted(2000));
  remote.final("one", 0, 1.5);
  await until(() => finals.length === 1 && remote.heardMs === 2000);
  remote.fail(server.status.ABORTED, "Max duration of 5 minutes reached for stream.");
  const second = await streamAfter(1);
  await until(() => second.heardMs === 500);
  expect(second.heard).toEqual([...counted(500, 1500)]);
  expect([gaps, health]).toEqual([[], []]);
});

test("a service that takes no more audio is left for another connection, with what still can be sent again", async () => {
  server.state.reads = false;
  const { stream } = await aCall({ stallMs: 50 });
  server.state.reads = true;
  for (let s = 0; s < 90; s++) stream.push(counted(1000, s * 1000));
  const second = await streamAfter(1);
  await until(() => second.heardMs === 30_000);
  expect(second.heard[0]).toBe(counted(1, 60_000)[0]);
});

test("a service that has begun to answer and says nothing more is left for another connection", async () => {
  const { stream, remote, interims } = await aCall({ answerMs: 30 });
  pushAll(stream, counted(1000));
  remote.guess({ text: "half", end: 0.5 });
  await until(() => interims.length === 1);
  const second = await streamAfter(1);
  await until(() => second.heardMs === 1000);
  expect(second.heard).toEqual([...counted(1000)]);
});

test.each(["UNAUTHENTICATED", "PERMISSION_DENIED", "INVALID_ARGUMENT"] as const)(
  "%s is told at once and tried again seldom",
  async (name) => {
    server.state.refuseWith = server.status[name];
    const { health } = listenTo(anEngine({ retry: { ...RETRY, refusedMs: 60_000 } }));
    await until(() => health.length === 1);
    expect(health).toEqual([false]);
  },
);

test("a server that is not there is a service that is away, and audio waits for it", async () => {
  server.state.refuseWith = server.status.UNAVAILABLE;
  const { stream, health } = listenTo(anEngine());
  pushAll(stream, counted(1000));
  await until(() => health.length === 1);
  server.state.refuseWith = 0;
  await until(() => health.length === 2);
  const remote = server.streams.at(-1);
  await until(() => remote?.heardMs === 1000);
  expect(health).toEqual([false, true]);
});

test("closing cancels the call and nothing is said afterwards", async () => {
  const { stream, remote, finals, health } = await aCall();
  pushAll(stream, counted(500));
  stream.close();
  await until(() => remote.cancelled);
  expect([finals, health]).toEqual([[], []]);
});
