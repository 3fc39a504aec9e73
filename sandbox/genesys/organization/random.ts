import { randomBytes } from "node:crypto";

/** All chance of the organization comes from here: the same seed gives the same faults and the same ids. */
export type Random = {
  chance(rate: number): boolean;
  between(low: number, high: number): number;
  uuid(): string;
};

export function seededRandom(seed = randomBytes(4).readUInt32LE()): Random {
  let state = seed >>> 0;
  // mulberry32: small, and good enough to shuffle events
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const hex = (digits: number) =>
    Array.from({ length: digits }, () => Math.floor(next() * 16).toString(16)).join("");
  return {
    // no draw for "never": switching a fault off must not shift the ids that follow
    chance: (rate) => rate > 0 && next() < rate,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    uuid: () =>
      `${hex(8)}-${hex(4)}-4${hex(3)}-${(8 + Math.floor(next() * 4)).toString(16)}${hex(3)}-${hex(12)}`,
  };
}
