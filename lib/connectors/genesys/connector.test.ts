import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { describeConnector } from "#/tests/contracts/connector.ts";
import { genesys } from "./index.ts";

const FOLDER = new URL("./fixtures/", import.meta.url);

const fixtures: Record<string, unknown> = Object.fromEntries(
  readdirSync(FOLDER).map((file) => [
    file.replace(".json", ""),
    JSON.parse(readFileSync(new URL(file, FOLDER), "utf8")),
  ]),
);

describeConnector(genesys, fixtures);

const ORIGIN = {
  tenantId: "6f1c2a52-5d0e-4f0e-8a44-2a4f9a5a0001",
  connectionId: "0b5f6f39-8a5e-4a54-9c0b-0d2f8d6f3a01",
  receivedAt: Date.parse("2026-03-02T10:00:00Z"),
};

const aMessage = (messageId: string, changes: object = {}) => ({
  kind: "message",
  conversationId: "chat-1",
  message: { messageId, from: "customer", text: "Hello", ...changes },
});

const anUtterance = (changes: object = {}) => ({ ...(fixtures.utterance as object), ...changes });

test("all messages of a chat bring one and the same beginning", () => {
  const [first, second] = ["m-1", "m-2"].map((id) => genesys.normalize(aMessage(id), ORIGIN));
  expect(second?.[0]).toMatchObject({ type: "conversation.started", id: first?.[0]?.id });
  expect(second?.[1]).toMatchObject({ type: "utterance", data: { speaker: "customer", channel: "chat" } });
  expect(second?.[1]?.id).not.toBe(first?.[1]?.id);
});

test("text that is empty brings no event", () => {
  expect(genesys.normalize(aMessage("m-1", { text: "  " }), ORIGIN)).toEqual([]);
  expect(genesys.normalize(anUtterance({ text: "\n" }), ORIGIN)).toEqual([]);
});

test("the platform's time counts, and without a readable one the time of receipt", () => {
  const timeOf = (at: string | undefined) => genesys.normalize(anUtterance({ at }), ORIGIN)[0]?.occurredAt;
  expect(timeOf("2026-03-02T10:59:06+01:00")).toBe("2026-03-02T09:59:06.000Z");
  expect(timeOf("soon")).toBe("2026-03-02T10:00:00.000Z");
  expect(timeOf(undefined)).toBe("2026-03-02T10:00:00.000Z");
});

test("an utterance of another session of the same call is another event", () => {
  const [one] = genesys.normalize(anUtterance(), ORIGIN);
  const [other] = genesys.normalize(anUtterance({ sessionId: "another" }), ORIGIN);
  expect(other?.id).not.toBe(one?.id);
});

test("a payload cannot choose its tenant or connection", () => {
  const forged = anUtterance({ tenantId: "someone else", connectionId: "someone else" });
  expect(genesys.normalize(forged, ORIGIN)[0]).toMatchObject({
    tenantId: ORIGIN.tenantId,
    connectionId: ORIGIN.connectionId,
  });
});

test("context that is said again is no news", () => {
  const [one] = genesys.normalize(fixtures.context, ORIGIN);
  const [again] = genesys.normalize(fixtures.context, { ...ORIGIN, receivedAt: ORIGIN.receivedAt + 5_000 });
  expect(again?.id).toBe(one?.id);
});

test("a message that comes by the widget and by the queue topic is one event", () => {
  const idsOf = (payload: unknown) => genesys.normalize(payload, ORIGIN).map(({ id }) => id);
  expect(idsOf(fixtures["message-by-queue-topic"])).toEqual(idsOf(fixtures.message));
});

test("an agent who comes back from a transfer is news, though the context is the same", () => {
  const contextOf = (participantId: string) =>
    genesys.normalize({ ...(fixtures.context as object), participantId }, ORIGIN)[0]?.id;
  expect(contextOf("p-1")).toBe(contextOf("p-1"));
  expect(contextOf("p-1")).not.toBe(contextOf("p-3"));
});

test("a chat that reopens begins and ends again", () => {
  const ended = (at: string) =>
    genesys.normalize({ ...(fixtures["chat-ended"] as object), at }, ORIGIN)[0] ?? { id: "", type: "" };
  expect(ended("2026-03-02T09:00:00.000Z").type).toBe("conversation.ended");
  expect(ended("2026-03-02T09:00:00.000Z").id).not.toBe(ended("2026-03-02T09:30:00.000Z").id);
  const [reopened] = genesys.normalize(fixtures["context-reopened"], ORIGIN);
  const [first] = genesys.normalize(fixtures.message, ORIGIN);
  expect(reopened?.type).toBe("conversation.started");
  expect(reopened?.id).not.toBe(first?.id);
});

test("a sample of an unknown shape is parked, not refused", () => {
  const sample = { kind: "unknown", topic: "v2.users.{id}.conversations", sample: { id: 42 } };
  expect(() => genesys.normalize(sample, ORIGIN)).toThrow(
    expect.objectContaining({ code: "unknown_shape", message: expect.stringContaining("v2.users.{id}") }),
  );
});
