import { expect, test } from "vitest";
import { speechLatency } from "./speech-ends.ts";

/** Tone and silence by turns, each so many milliseconds long. */
function aTrack(...lengthsMs: readonly number[]): Int16Array {
  return Int16Array.from(
    lengthsMs.flatMap((ms, turn) =>
      Array.from({ length: ms * 8 }, (_, i) => (turn % 2 ? 0 : (i % 2) * 8000 - 4000)),
    ),
  );
}

test("a final is as late as it comes after the last speech within it", () => {
  const tracks = { customer: aTrack(1000, 1000, 500, 1500), agent: aTrack(0, 4000) };
  const finals = [
    { speaker: "customer" as const, startMs: 0, durationMs: 1300, shownMs: 1900 },
    { speaker: "customer" as const, startMs: 1700, durationMs: 1100, shownMs: 3600 },
  ];
  expect(speechLatency(tracks, finals)).toEqual([900, 1100]);
});

test("a final where nobody spoke says nothing about lateness", () => {
  const tracks = { customer: aTrack(1000, 3000), agent: aTrack(0, 4000) };
  const final = { speaker: "agent" as const, startMs: 0, durationMs: 1000, shownMs: 2000 };
  expect(speechLatency(tracks, [final])).toEqual([]);
});
