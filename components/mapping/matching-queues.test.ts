import { expect, test } from "vitest";
import { matchingQueues } from "./matching-queues.ts";

const QUEUES = [
  { id: "q-1", name: "Business North" },
  { id: "q-2", name: "North" },
  { id: "q-3", name: "Mobile" },
];

const names = (typed: string) => matchingQueues(QUEUES, typed).shown.map(({ name }) => name);

test("every word counts, in any order, in name or id", () => {
  expect(names("north bus")).toEqual(["Business North"]);
  expect(names("Q-3")).toEqual(["Mobile"]);
  expect(names("  ")).toEqual(["Business North", "North", "Mobile"]);
});

test("what begins with the text comes first", () => {
  expect(names("nor")).toEqual(["North", "Business North"]);
});

test("a long list is cut, and says how long it is", () => {
  const many = Array.from({ length: 750 }, (_, index) => ({ id: `q-${index}`, name: `Queue ${index}` }));
  const { shown, total } = matchingQueues(many, "queue");
  expect(shown).toHaveLength(100);
  expect(total).toBe(750);
});

test("what no queue is called can be taken as an id", () => {
  expect(matchingQueues(QUEUES, " Q-9 ")).toEqual({ shown: [{ id: "Q-9", name: "Q-9" }], total: 0 });
  expect(matchingQueues([], "")).toEqual({ shown: [], total: 0 });
});
