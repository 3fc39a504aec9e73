import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ConversationEvent } from "#/lib/events/conversation-event.ts";
import { ingestSide } from "./ingest.ts";
import { normalize } from "./normalize.ts";
import { type GoogleWorld, googleWorld } from "./testing/google-world.ts";

const ORIGIN = {
  tenantId: "6f1c2a52-5d0e-4f0e-8a44-2a4f9a5a0001",
  connectionId: "0b5f6f39-8a5e-4a54-9c0b-0d2f8d6f3a01",
  receivedAt: Date.now() + 60_000,
};

let world: GoogleWorld;
beforeEach(async () => {
  world = await googleWorld();
  await world.check();
});
afterEach(() => world.close());

const taken = () => [...world.door.taken.values()];
const events = (): ConversationEvent[] => taken().flatMap((payload) => normalize(payload, ORIGIN));
/** As the pipeline does: an event's id is stored once. */
const onceEach = () => [...new Map(events().map((event) => [event.id, event])).values()];
const idle = () =>
  vi.waitFor(() => expect(world.pubsub.backlog(world.values.subscriptionName as string)).toBe(0));

test("a conversation comes through as start, words and end, under its profile", async () => {
  world.center.start({ id: "c-1", profileId: "billing-desk" });
  world.center.say("c-1", "END_USER", "I was charged twice");
  world.center.finish("c-1");
  world.center.finish("c-1");
  await idle();
  const found = onceEach();
  expect(found.filter(({ type }) => type === "conversation.started")).toHaveLength(1);
  expect(found.filter(({ type }) => type === "conversation.ended")).toHaveLength(1);
  expect(found).toContainEqual(
    expect.objectContaining({
      type: "utterance",
      platformConversationId: "c-1",
      data: expect.objectContaining({ speaker: "customer", text: "I was charged twice" }),
    }),
  );
  expect(found).toContainEqual(
    expect.objectContaining({
      type: "conversation.updated",
      data: expect.objectContaining({ queue: { id: "billing-desk", name: "Billing desk" } }),
    }),
  );
});

test("a message that Google publishes twice under two ids is one utterance", async () => {
  world.faults.delivery({ republish: 1, duplicate: 0.3 });
  world.center.start({ id: "c-1" });
  for (let n = 0; n < 10; n += 1) world.center.say("c-1", "END_USER", `Line ${n}`);
  await vi.waitFor(() => expect(world.door.taken.size).toBe(22));
  expect(onceEach().filter(({ type }) => type === "utterance")).toHaveLength(10);
});

test("a spoken sentence's final result and its message are one utterance of a call", async () => {
  world.center.start({ id: "c-2", phone: true });
  world.center.speak("c-2", "END_USER", "Where is my parcel?");
  await idle();
  const spoken = onceEach().filter(({ type }) => type === "utterance");
  expect(spoken).toHaveLength(1);
  expect(spoken[0]?.data).toMatchObject({ channel: "voice", text: "Where is my parcel?" });
});

test("Agent Assist's suggestions become offered answers, unless the admin has switched them off", async () => {
  world.center.start({ id: "c-3" });
  const faq = { question: "Refund?", answer: "Within five days.", source: "https://help.acme.example/r" };
  const result = { suggestFaqAnswersResponse: { faqAnswers: [faq] } };
  world.center.suggest("c-3", [result]);
  await idle();
  expect(events().find(({ type }) => type === "suggestion.offered")?.data).toMatchObject({
    question: "Refund?",
    paragraphs: ["Within five days."],
    by: "Agent Assist",
    sources: [{ uri: "https://help.acme.example/r" }],
  });
  world.values.agentAssist = false;
  world.door.taken.clear();
  world.center.suggest("c-3", [result]);
  await idle();
  expect(events()).toEqual([]);
});

test.each([
  ["none", 401],
  ["wrong-audience", 401],
  ["expired", 401],
  ["strange-key", 401],
  ["wrong-email", 403],
] as const)("a push whose token is %s is refused, and nothing is stored", async (token, status) => {
  world.faults.delivery({ token });
  world.center.start({ id: "c-1" });
  await vi.waitFor(() => expect(world.door.answers.length).toBeGreaterThan(0));
  expect(world.door.answers[0]).toMatchObject({ status, refusal: expect.any(String) });
  expect(world.door.taken.size).toBe(0);
});

test("a connection that has not been tested lets nobody in, whatever the token", async () => {
  world.values.pushAudience = undefined;
  world.center.start({ id: "c-1" });
  await vi.waitFor(() => expect(world.door.answers[0]?.status).toBe(403));
  expect(world.door.taken.size).toBe(0);
});

test("another tenant's subscription in the body is refused, however good the token", async () => {
  world.values.subscriptionName = "projects/other/subscriptions/theirs";
  world.center.start({ id: "c-1" });
  await vi.waitFor(() => expect(world.door.answers[0]?.status).toBe(403));
  expect(world.door.taken.size).toBe(0);
});

test.each([
  ["data that is not base64", { data: "$$$" }, "not base64"],
  ["data that is not JSON", { data: Buffer.from("hello").toString("base64") }, "not JSON"],
  [
    "a protobuf",
    {
      data: Buffer.concat([Buffer.from([0x0a, 0x30]), Buffer.from("projects/p/conversations/c")]).toString(
        "base64",
      ),
    },
    "PROTO",
  ],
  ["no data at all", { attributes: { a: "b" } }, "no data"],
  ["no conversation", { data: Buffer.from("{}").toString("base64") }, "names no conversation"],
])("%s is taken, parked with its reason and never comes again", async (_what, message, words) => {
  world.pubsub.publish(world.project.topic, [message]);
  await idle();
  expect(world.door.answers).toHaveLength(1);
  expect(world.door.answers[0]?.status).toBe(204);
  expect(() => normalize(taken()[0], ORIGIN)).toThrow(words);
});

test("a body that is no push, or far too large, is taken once it is known who sends it", async () => {
  let authorization = "";
  world.center.start({ id: "c-1" });
  world.door.server.once("request", (request) => {
    authorization = request.headers.authorization ?? "";
  });
  await vi.waitFor(() => expect(authorization).not.toBe(""));
  const bodies = [Buffer.from("no json"), Buffer.alloc(12_000_000, "a")];
  for (const body of bodies) {
    const request = { method: "POST" as const, rest: "", query: new URLSearchParams(), body, receivedAt: 0 };
    const known = await ingestSide.receive(
      world.own(),
      { ...request, headers: { authorization } },
      world.access,
    );
    expect(known).toMatchObject({ status: 204, deliveries: [{ payload: { kind: "unreadable" } }] });
    const strange = await ingestSide.receive(world.own(), { ...request, headers: {} }, world.access);
    expect(strange).toMatchObject({ status: 401 });
    expect(strange.deliveries).toBeUndefined();
  }
});

test("what could not be stored comes again, and is then stored once", async () => {
  world.door.failing = true;
  world.center.start({ id: "c-1" });
  await vi.waitFor(() => expect(world.door.answers.length).toBeGreaterThan(0));
  expect(world.door.taken.size).toBe(0);
  world.door.failing = false;
  await vi.waitFor(() => expect(world.door.taken.size).toBe(1), 5_000);
});

test("a profile that cannot be looked up leaves the event, under the connection's own profile", async () => {
  world.faults.add({ kind: "error", path: "/v2/projects" });
  world.values.conversationProfile = "delivery-desk";
  world.center.start({ id: "c-9" });
  await idle();
  expect(onceEach().find(({ type }) => type === "conversation.updated")?.data).toMatchObject({
    queue: { id: "delivery-desk" },
  });
});
