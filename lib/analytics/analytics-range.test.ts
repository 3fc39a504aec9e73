import { expect, test } from "vitest";
import { parseRange, parseZone, periodOf, stepsOf } from "./analytics-range.ts";

const NOON = Date.UTC(2026, 2, 30, 12, 20);

test("days begin at midnight of the reader's zone, also where a night is an hour short", () => {
  const steps = stepsOf(periodOf("7d", "Europe/Berlin", NOON));
  expect(steps).toHaveLength(8);
  expect(steps.at(-1)).toEqual({ key: "2026-03-30", from: new Date("2026-03-29T22:00:00Z") });
  // Clocks went forward on the 29th: that day is 23 hours long.
  expect(steps.at(-2)).toEqual({ key: "2026-03-29", from: new Date("2026-03-28T23:00:00Z") });
});

test("a zone that is off by three quarters of an hour begins its day there", () => {
  const steps = stepsOf(periodOf("7d", "Asia/Kathmandu", NOON));
  expect(steps.at(-1)?.from).toEqual(new Date("2026-03-29T18:15:00Z"));
});

test("a day is cut into hours", () => {
  const steps = stepsOf(periodOf("24h", "UTC", NOON));
  expect(steps).toHaveLength(25);
  expect(steps.at(-1)).toEqual({ key: "2026-03-30 12:00", from: new Date("2026-03-30T12:00:00Z") });
});

test("what makes no sense falls back to a week and to UTC", () => {
  expect(parseRange("1y")).toBe("7d");
  expect(parseRange("toString")).toBe("7d");
  expect(parseZone("Mars/Olympus")).toBe("UTC");
  expect(parseZone("'; drop table answers; --")).toBe("UTC");
  expect(parseZone("America/New_York")).toBe("America/New_York");
});
