import { expect, test } from "vitest";
import { compareCells } from "./data-table-sorting.tsx";
import { parseKeptView } from "./kept-view.ts";

const cell = (value: unknown) => ({ getValue: () => value });
const sorted = (values: readonly unknown[]) =>
  values
    .map(cell)
    .sort((a, b) => compareCells(a, b, "any"))
    .map((one) => one.getValue());

test("numbers sort by size and names as a person looks for them", () => {
  expect(sorted([30, 4, 100])).toEqual([4, 30, 100]);
  expect(sorted(["queue 10", "Queue 2", "billing"])).toEqual(["billing", "Queue 2", "queue 10"]);
});

test("a kept view is read as far as it can be", () => {
  const view = { sort: { id: "used", desc: true }, shown: { model: false } };
  expect(parseKeptView(JSON.stringify(view))).toEqual(view);
  expect(parseKeptView(JSON.stringify({ sort: "used", shown: { model: "no" } }))).toEqual({ shown: {} });
  expect(parseKeptView("not json")).toEqual({ shown: {} });
  expect(parseKeptView(null)).toEqual({ shown: {} });
});
