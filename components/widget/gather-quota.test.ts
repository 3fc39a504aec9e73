import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { QuotaTold } from "#/lib/realtime/requests.ts";
import { gatherQuota } from "./gather-quota.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function gathering() {
  const told: QuotaTold[] = [];
  const ear = { open: true };
  const gathered = gatherQuota((each) => ear.open && told.push(each) > 0);
  return { ...gathered, told, ear };
}

test("refusals are told together and soon, with how the limit stood last", () => {
  const { note, told } = gathering();
  note({ refused: false, allowed: 300, used: 299, resetMs: 20_000 });
  note({ refused: true });
  note({ refused: true, used: 300 });
  vi.advanceTimersByTime(5_000);
  expect(told).toEqual([{ refused: 2, allowed: 300, used: 300, resetMs: 20_000 }]);
});

test("many answers without a refusal are one word a minute, and none after the end", () => {
  const { note, told, stop } = gathering();
  for (let used = 1; used <= 100; used++) {
    note({ refused: false, allowed: 300, used });
    vi.advanceTimersByTime(1_000);
  }
  expect(told).toEqual([{ refused: 0, allowed: 300, used: 60 }]);
  stop();
  vi.advanceTimersByTime(120_000);
  expect(told).toHaveLength(1);
});

test("refusals that nobody could hear are told with the next ones", () => {
  const { note, told, ear } = gathering();
  ear.open = false;
  note({ refused: true });
  vi.advanceTimersByTime(5_000);
  ear.open = true;
  note({ refused: false });
  vi.advanceTimersByTime(5_000);
  expect(told).toEqual([{ refused: 1 }]);
});
