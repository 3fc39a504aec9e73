import { expect, test } from "vitest";
import { readConversation } from "./conversation-shapes.ts";

const customer = { id: "p-1", purpose: "customer", connectedTime: "2026-01-05T09:00:00.000Z" };

test("a call tells where its agent's communication is", () => {
  const snapshot = readConversation({
    id: "call-1",
    participants: [
      { ...customer, calls: [{ id: "c-1", state: "connected" }], messages: [] },
      { id: "p-2", purpose: "agent", userId: "u-1", name: "Kim", calls: [{ id: "c-2", state: "alerting" }] },
    ],
  });
  expect(snapshot?.participants[1]).toMatchObject({
    userId: "u-1",
    userName: "Kim",
    media: "call",
    communicationId: "c-2",
    pending: true,
  });
});

test("the three shapes of one conversation list the same messages", () => {
  const listed = { messageTime: "2026-01-05T09:00:01.000Z", messageMetadata: { type: "Text" } };
  const shapes = [
    [{ id: "c-1", state: "connected", messages: [{ messageId: "m-1", ...listed }] }],
    [{ message: { id: "m-1" }, ...listed }],
    [{ messageId: "m-1", messageURI: "/m-1", ...listed }],
  ].map((messages) => readConversation({ id: "chat-1", participants: [{ ...customer, messages }] }));
  expect(shapes.map((snapshot) => snapshot?.shape)).toEqual(["communications", "messages", "listed"]);
  for (const snapshot of shapes)
    expect(snapshot?.messages).toEqual([{ id: "m-1", at: "2026-01-05T09:00:01.000Z", type: "Text" }]);
});

test("a participant whose communication is over has ended, also without a time", () => {
  const ended = (changes: object) =>
    readConversation({ id: "chat-1", participants: [{ ...customer, ...changes }] })?.participants[0]?.endedAt;
  expect(ended({ state: "disconnected" })).toBe(customer.connectedTime);
  expect(ended({ state: "connected", endTime: null })).toBeUndefined();
  expect(ended({ endTime: "2026-01-05T10:00:00.000Z" })).toBe("2026-01-05T10:00:00.000Z");
});

test.each([
  null,
  { id: 42, participants: "many" },
  { id: "chat-1", participants: [] },
  { id: "chat-1", participants: [{ id: "p", purpose: "customer", messages: [{}] }] },
])("what is of no known shape is not read: %j", (body) => {
  expect(readConversation(body)).toBeUndefined();
});
