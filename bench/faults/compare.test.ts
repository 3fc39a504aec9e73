import { expect, test } from "vitest";
import { compare } from "./compare.ts";

const sent = ["a", "b", "c", "d", "e"];

test("the same is no difference", () => {
  expect(compare(sent, sent)).toEqual({ lost: 0, doubled: 0, outOfOrder: 0 });
});

test("what is missing is lost, what comes again is doubled, what nobody sent is not counted", () => {
  expect(compare(sent, ["a", "b", "b", "b", "x", "d"])).toEqual({ lost: 2, doubled: 2, outOfOrder: 0 });
});

test("one item that comes late is out of order once, however many it let pass", () => {
  expect(compare(sent, ["b", "c", "d", "a", "e"]).outOfOrder).toBe(1);
  expect(compare(sent, ["e", "a", "b", "c", "d"]).outOfOrder).toBe(1);
  expect(compare(sent, ["b", "a", "d", "c", "e"]).outOfOrder).toBe(2);
});
