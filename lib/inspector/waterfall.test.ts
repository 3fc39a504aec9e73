import { expect, test } from "vitest";
import { newTrail } from "#/lib/events/trail.ts";
import { layoutWaterfall } from "./waterfall.ts";

test("each bar begins where the one before it ends, and together they fill the width", () => {
  const { steps, totalMs } = layoutWaterfall(newTrail({ received: 1_000, stored: 1_010, emitted: 1_100 }));
  expect(totalMs).toBe(100);
  expect(steps.map(({ stage, ms }) => [stage, ms])).toEqual([
    ["received", 0],
    ["stored", 10],
    ["emitted", 90],
  ]);
  expect(steps[2]).toMatchObject({ left: 0.1, width: 0.9, cut: false });
});

test("a wait that is longer than all else is drawn cut and keeps its true number", () => {
  const { steps } = layoutWaterfall(
    newTrail({ received: 0, stored: 20, started: 600_020, emitted: 600_080 }),
  );
  const [, , wait, last] = steps;
  expect(wait).toMatchObject({ stage: "started", ms: 600_000, cut: true });
  expect(last?.width).toBeGreaterThan(0.3);
});

test("after a replay the stages stand in the order in which they happened", () => {
  const trail = newTrail({ received: 0, stored: 5, painted: 90, started: 5_000, emitted: 5_040 });
  expect(layoutWaterfall(trail).steps.map(({ stage }) => stage)).toEqual([
    "received",
    "stored",
    "painted",
    "started",
    "emitted",
  ]);
});

test("an empty trail and one of a single moment have no width to divide", () => {
  expect(layoutWaterfall(newTrail({})).steps).toEqual([]);
  const [only] = layoutWaterfall(newTrail({ received: 7 })).steps;
  expect(only?.left).toBe(0);
  expect(only?.width).toBeGreaterThan(0);
});
