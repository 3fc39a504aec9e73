import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { IngestAnswer, IngestRequest } from "../ingest.ts";
import { ownFields } from "./credentials.ts";
import { ingestSide } from "./ingest-side.ts";

const OWN = { trustToken: "trust", apiKey: "key", eventNameField: "meta.name" };
const EVENT = {
  meta: { name: "CALL_ACCEPTED" },
  payload: {
    attached_variables: {
      "Call.call_id": 300000000012345,
      "Call.session_id": "S1",
      "Call.skill_id": "1284",
      "Call.skill_name": "Billing",
      "Agent.id": "77",
      "Agent.full_name": "Kim Doe",
    },
  },
};

function send(body: unknown, changes: Partial<IngestRequest> = {}, own: object = OWN) {
  const request: IngestRequest = {
    method: "POST",
    rest: "",
    query: new URLSearchParams(),
    headers: { "x-api-key": "key" },
    body: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)),
    receivedAt: 0,
    ...changes,
  };
  return ingestSide.receive(ownFields.parse(own), request) as IngestAnswer;
}
const payloadOf = (answer: IngestAnswer) => answer.deliveries?.[0]?.payload;

test("validation is answered with the lowercase SHA-256 of the trust token", () => {
  const digest = createHash("sha256").update("trust").digest("hex");
  expect(send("", { method: "GET", headers: {} })).toEqual({ status: 200, body: digest });
});

test("without a trust token there is nothing to validate", () => {
  expect(send("", { method: "GET" }, {}).status).toBe(404);
});

test.each([{}, { "x-api-key": "" }, { "x-api-key": "kez" }, { "x-api-key": ["key", "key"] }])(
  "a post with %j for a key stores nothing, and the log learns no key",
  (headers) => {
    const answer = send(EVENT, { headers });
    expect(answer).toMatchObject({ status: 401, refusal: "wrong or missing x-api-key" });
    expect(answer.deliveries).toBeUndefined();
  },
);

test("a connection without a key lets nobody in", () => {
  expect(send(EVENT, { headers: { "x-api-key": "" } }, {}).status).toBe(401);
});

test("the key before a rotation is good while it is handed over", () => {
  expect(send(EVENT, { headers: { "x-api-key": "old" } }, { ...OWN, previousApiKey: "old" }).status).toBe(
    200,
  );
});

test("an event says which call, skill and agent it is about", () => {
  expect(payloadOf(send(EVENT))).toMatchObject({
    kind: "cti",
    conversationId: "300000000012345",
    name: "CALL_ACCEPTED",
    ended: false,
    queue: { id: "1284", name: "Billing" },
    agent: { id: "77", name: "Kim Doe" },
    body: EVENT,
  });
});

test("a skill known by name alone counts only where no voice stream tells its id", () => {
  const { "Call.skill_id": _, ...variables } = EVENT.payload.attached_variables;
  const event = { ...EVENT, payload: { attached_variables: variables } };
  expect(payloadOf(send(event))).not.toHaveProperty("queue");
  expect(payloadOf(send(event, {}, { ...OWN, voice: false }))).toHaveProperty("queue", {
    id: "Billing",
    name: "Billing",
  });
});

test("the words for a call's end are the connection's own, however they are written", () => {
  const ended = { ...EVENT, meta: { name: "Call Ended" } };
  expect(payloadOf(send(ended))).toHaveProperty("ended", true);
  expect(payloadOf(send(ended, {}, { ...OWN, endedEvents: "over" }))).toHaveProperty("ended", false);
});

test("the same bytes are the same delivery", () => {
  expect(send(EVENT).deliveries?.[0]?.messageId).toBe(send(EVENT).deliveries?.[0]?.messageId);
  expect(send(EVENT).deliveries?.[0]?.messageId).not.toBe(
    send({ ...EVENT, meta: { name: "call_ended" } }).deliveries?.[0]?.messageId,
  );
});

test.each([
  [{}, /attached_variables/],
  [{ payload: { attached_variables: { "Call.session_id": "S1" } } }, /Call\.call_id/],
])("an event that names no call is kept with the reason", (body, reason) => {
  expect(payloadOf(send(body))).toMatchObject({ kind: "unreadable", reason: expect.stringMatching(reason) });
});

test("a stream error is kept under its subscription", () => {
  const answer = send({ code: 1101 }, { rest: "subscriptions/sub-1" });
  expect(payloadOf(answer)).toEqual({ kind: "stream-error", subscriptionId: "sub-1", body: { code: 1101 } });
});

test("a chat's message comes in our own form, and twice the same is one delivery", () => {
  const message = {
    conversationId: "c-1",
    messageId: "m-1",
    from: "customer",
    text: "Hello",
    skillId: "1284",
  };
  const [first, second] = [send(message, { rest: "chat" }), send({ ...message, x: 1 }, { rest: "chat" })];
  expect(payloadOf(first)).toMatchObject({ kind: "chat", text: "Hello", queue: { id: "1284" } });
  expect(first.deliveries?.[0]?.messageId).toBe(second.deliveries?.[0]?.messageId);
  expect(payloadOf(send({ text: "x" }, { rest: "chat" }))).toMatchObject({ kind: "unreadable" });
});

test("what is no JSON, and addresses that we do not know, are refused", () => {
  expect(send("{").status).toBe(400);
  expect(send({}, { rest: "elsewhere" }).status).toBe(404);
});
