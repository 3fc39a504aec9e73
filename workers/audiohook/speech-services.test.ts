import { afterEach, expect, test } from "vitest";
import { createDeepgramEngine } from "#/lib/stt/deepgram/deepgram-engine.ts";
import { withFallback } from "#/lib/stt/fallback-engine.ts";
import { pinAddresses } from "#/lib/stt/pinned-address.ts";
import { localDeepgram } from "#/lib/stt/testing/local-deepgram.ts";
import { MemoryEngine } from "./testing/memory-engine.ts";
import { runningServer, until } from "./testing/running-server.ts";

const cleaning: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const clean of cleaning.splice(0).reverse()) await clean();
});

/** A tenant whose calls go to a speech service on this machine, and that wants its transcripts back. */
async function aTenantWithService({ key = "right-key", sendTranscripts = true } = {}) {
  const service = await localDeepgram();
  cleaning.push(service.close);
  const fallbacks: string[] = [];
  const embedded = new MemoryEngine();
  const deepgram = createDeepgramEngine(
    {
      apiKey: key,
      endpoint: service.endpoint,
      model: "nova-3",
      languages: ["en-US"],
      endpointingMs: 300,
      utteranceEndMs: 1000,
    },
    pinAddresses(service.host),
    { retry: { firstMs: 5, longestMs: 20, refusedMs: 20 } },
  );
  const onFallback = (reason: string) => fallbacks.push(reason);
  const engine = withFallback(deepgram, embedded, { openMs: 5000, onFallback });
  const running = await runningServer({
    engine: embedded,
    engineFor: async () => engine,
    connection: { sendTranscripts },
    timings: { flushMs: 3000 },
  });
  cleaning.push(() => running.server.drain());
  return { ...running, service, embedded, fallbacks };
}

/** Which of the service's two connections hears the customer: the louder one, as `speak` has it. */
async function heardBy(service: Awaited<ReturnType<typeof localDeepgram>>) {
  await until(() => service.connections.length === 2);
  await until(() => service.connections.every(({ heardMs }) => heardMs >= 1000));
  const loud = service.connections.find(({ heard }) => heard.some((sample) => Math.abs(sample) > 1000));
  const quiet = service.connections.find((connection) => connection !== loud);
  if (!loud || !quiet) throw new Error("both parties are silent");
  return { customer: loud, agent: quiet };
}

const LOUD = 0x00;
const QUIET = 0xff;

test("a call is heard by the tenant's service, and its words go back to the platform", async () => {
  const { connect, service, sink, server } = await aTenantWithService();
  const client = await connect();
  client.open();
  await client.next("opened");
  client.audio(1000, [LOUD, QUIET]);
  const { customer, agent } = await heardBy(service);
  expect(server.health()).toMatchObject({ calls: 1, callsOnServices: 1 });
  customer.results("Where is my order?", 0.2, 0.8, { is_final: true, speech_final: true });
  const first = await client.next("event");
  expect(first.parameters).toMatchObject({
    entities: [
      {
        type: "transcript",
        data: {
          channelId: 0,
          isFinal: true,
          offset: "PT0.2S",
          duration: "PT0.8S",
          alternatives: [
            {
              confidence: 0.9,
              languages: ["en-US"],
              interpretations: [
                {
                  type: "display",
                  transcript: "Where is my order?",
                  tokens: [
                    { type: "word", value: "Where", offset: "PT0.2S", duration: "PT0.2S" },
                    { value: "is", offset: "PT0.4S" },
                    { value: "my", offset: "PT0.6S" },
                    { value: "order?", offset: "PT0.8S" },
                  ],
                },
              ],
            },
          ],
        },
      },
    ],
  });
  agent.atClose = (closing) => closing.results("One moment.", 0, 1, { is_final: true, from_finalize: true });
  await client.close();
  const types = client.types();
  expect(types.slice(-2)).toEqual(["event", "closed"]);
  expect(sink.lines.filter((line) => !line.startsWith("interim"))).toEqual([
    expect.stringMatching(/^started /),
    "customer: Where is my order?",
    "agent: One moment.",
    "ended end",
  ]);
});

test("a guess goes back with the id of its final, and not more often than the platform likes", async () => {
  const { connect, service } = await aTenantWithService();
  const client = await connect();
  client.open();
  client.audio(1000, [LOUD, QUIET]);
  const { customer } = await heardBy(service);
  customer.results("Where", 0, 0.5);
  customer.results("Where is", 0, 0.7);
  customer.results("Where is it?", 0, 1, { is_final: true, speech_final: true });
  const entityOf = async () => {
    const { parameters } = await client.next("event");
    const [entity] = parameters.entities as { data: { id: string; isFinal: boolean } }[];
    return entity?.data;
  };
  const guess = await entityOf();
  const final = await entityOf();
  expect([guess?.isFinal, final?.isFinal]).toEqual([false, true]);
  expect(guess?.id).toBe(final?.id);
  await client.close();
});

test("without the admin's switch nothing goes back", async () => {
  const { connect, service, sink } = await aTenantWithService({ sendTranscripts: false });
  const client = await connect();
  client.open();
  client.audio(1000, [LOUD, QUIET]);
  const { customer } = await heardBy(service);
  customer.results("Where is my order?", 0.2, 0.8, { is_final: true, speech_final: true });
  await until(() => sink.lines.includes("customer: Where is my order?"));
  await client.close();
  expect(client.types()).not.toContain("event");
});

test("a service that refuses the call leaves it to the embedded engine, and the agent sees that", async () => {
  const { connect, service, sink, embedded, fallbacks } = await aTenantWithService({ key: "wrong-key" });
  const client = await connect();
  client.open();
  client.audio(1000, [LOUD, QUIET]);
  await until(() => embedded.streams.length === 2);
  await until(() => embedded.streams.every(({ positionMs }) => positionMs === 1000));
  embedded.streams[0]?.says("heard all the same");
  await until(() => sink.lines.includes("customer: heard all the same"));
  await client.close();
  expect(service.connections).toEqual([]);
  expect(fallbacks).toEqual(["The service refuses the API key.", "The service refuses the API key."]);
  expect(sink.lines).toContain("notice recognizer_failed en-US");
  expect(sink.lines).toContain("notice recognizer_recovered en-US");
  expect(client.types()).not.toContain("event");
});

test("a call that changes its language is heard in the new one from then on", async () => {
  const { call, engine, server } = await runningServer();
  cleaning.push(() => server.drain());
  engine.languages = ["en", "es"];
  const { client, customer } = await call();
  client.say("update", { language: "es-MX" });
  await until(() => engine.streams.length === 4);
  expect(engine.opened).toEqual(["en", "en", "es", "es"]);
  await until(() => customer.heard.includes("close"));
  client.say("update", { language: "es-ES" });
  await client.close();
  expect(engine.streams).toHaveLength(4);
});

test("widgets are told that a call is paused, again while it is, and that it goes on", async () => {
  const running = await runningServer({ timings: { pausedMs: 10 } });
  cleaning.push(() => running.server.drain());
  const { client } = await running.call();
  client.say("paused");
  await until(() => running.sink.states.length >= 3);
  client.say("resumed", { start: "PT0S", discarded: "PT0S" });
  await until(() => running.sink.states.at(-1) === "live");
  const told = running.sink.states.length;
  expect(new Set(running.sink.states.slice(0, -1))).toEqual(new Set(["paused"]));
  await client.close();
  expect(running.sink.states).toHaveLength(told);
});
