import { expect, test } from "vitest";
import { createSeenMessages } from "./seen-messages.ts";

const at = (second: number) => new Date(second * 1_000).toISOString();

test("a message is new once, and again when it could not be had", () => {
  const seen = createSeenMessages();
  expect([seen.add({ id: "a" }), seen.add({ id: "a" })]).toEqual([true, false]);
  seen.forget("a");
  expect(seen.add({ id: "a" })).toBe(true);
});

test("what fell out of the memory counts as seen by its time", () => {
  const seen = createSeenMessages(2);
  for (const second of [1, 2, 3, 4]) expect(seen.add({ id: `m-${second}`, at: at(second) })).toBe(true);
  expect(seen.add({ id: "m-1", at: at(1) })).toBe(false);
  expect(seen.add({ id: "m-5", at: at(5) })).toBe(true);
});
