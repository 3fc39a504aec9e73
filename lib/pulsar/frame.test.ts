import { expect, test } from "vitest";
import { readFrame } from "./frame.ts";

const framed = (body: string, more: Record<string, unknown> = {}) =>
  JSON.stringify({ messageId: "CBAQAw==", payload: Buffer.from(body).toString("base64"), ...more });

test("a message is read with its id, time and content", () => {
  const frame = readFrame(
    framed('{"Interaction":{"event":"InteractionAccepted"}}', {
      publishTime: "2026-03-02T10:00:00Z",
      redeliveryCount: 2,
      key: "int-1",
    }),
  );
  expect(frame).toEqual({
    kind: "message",
    message: {
      id: "CBAQAw==",
      order: [16, 3, 0],
      body: { Interaction: { event: "InteractionAccepted" } },
      publishedAt: Date.parse("2026-03-02T10:00:00Z"),
      redeliveries: 2,
      key: "int-1",
    },
  });
});

test("a payload that is no JSON is still a message, since it must be stored and acknowledged", () => {
  expect(readFrame(framed("hello"))).toMatchObject({
    kind: "message",
    message: { body: undefined, problem: expect.stringContaining("JSON") },
  });
});

test("control frames and rubbish are told apart", () => {
  expect(readFrame('{"endOfTopic":"true"}')).toEqual({ kind: "control" });
  expect(readFrame('{"type":"isEndOfTopic"}')).toEqual({ kind: "control" });
  for (const text of ["", "[]", "7", "null", "{}", '{"messageId":7}', "not json"])
    expect(readFrame(text)).toEqual({ kind: "unreadable" });
});
