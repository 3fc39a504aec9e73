import { expect, test } from "vitest";
import { figureWords } from "./figure-words.ts";

test("handshakes are counted in handshakes and timed in milliseconds", () => {
  expect(figureWords({ calls: 0, "handshakeMs.count": 4, "handshakeMs.p99": 15 })).toBe(
    "0 calls · 4 handshakes · handshake p99 15 ms",
  );
});

test("what is zero is left out, except what a reader looks for", () => {
  expect(figureWords({ widgets: 0, lostResults: 0, refusedUpgrades: 1 })).toBe("0 widgets · 1 call refused");
});
