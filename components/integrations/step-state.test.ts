import { expect, test } from "vitest";
import { stateOfStep } from "./step-state.ts";

const result = (outcome: "passed" | "failed" | "waiting" | "not-used" | "not-tried") => [
  { name: "Token", outcome },
];
const step = { id: "client", check: "Token" };

test("a step's check decides, whatever was ticked", () => {
  expect(stateOfStep(step, result("passed"), [])).toBe("done");
  expect(stateOfStep(step, result("failed"), ["client"])).toBe("failed");
  expect(stateOfStep(step, result("not-used"), [])).toBe("not-used");
});

test("without an answer of its check, and without a check, the tick counts", () => {
  expect(stateOfStep(step, result("not-tried"), ["client"])).toBe("done");
  expect(stateOfStep(step, [], [])).toBe("open");
  expect(stateOfStep({ id: "flow" }, result("passed"), ["flow"])).toBe("done");
});
