import { expect, test } from "vitest";
import { holdBack } from "./hold-back.ts";

const rows = (...ids: string[]) => ids.map((id) => ({ id }));

test("a reader at the top sees everything", () => {
  expect(holdBack(rows("c", "b", "a"), [])).toEqual({ shown: rows("c", "b", "a"), waiting: 0 });
});

test("rows above what stood there wait", () => {
  expect(holdBack(rows("d", "c", "b", "a"), ["b", "a"])).toEqual({ shown: rows("b", "a"), waiting: 2 });
});

test("another list is shown whole", () => {
  expect(holdBack(rows("z", "y"), ["b", "a"])).toEqual({ shown: rows("z", "y"), waiting: 0 });
});
