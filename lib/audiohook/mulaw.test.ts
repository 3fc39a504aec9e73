import { expect, test } from "vitest";
import { decodeMulaw, splitMulaw } from "./mulaw.ts";

test.each([
  [0xff, 0],
  [0x7f, 0],
  [0x00, -32_124],
  [0x80, 32_124],
  [0xfe, 8],
  [0x7e, -8],
  [0xef, 132],
  [0x0f, -16_764],
])("mu-law %i is sample %i", (code, sample) => {
  expect(decodeMulaw(code)).toBe(sample);
});

test("interleaved channels come apart", () => {
  const [first, second] = splitMulaw(Uint8Array.of(0x00, 0xff, 0x80, 0xff), 2);
  expect([...(first ?? [])]).toEqual([-32_124, 32_124]);
  expect([...(second ?? [])]).toEqual([0, 0]);
});
