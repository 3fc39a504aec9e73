import { expect, test } from "vitest";
import { cursorText, parseFilter, parseSelection, withParams } from "./inspector-filter.ts";

const NOW = Date.UTC(2026, 0, 1, 12);
const ID = "0197c0de-0000-7000-8000-000000000001";

test("an address becomes a filter, repeated keys become lists", () => {
  const filter = parseFilter(
    { type: ["utterance", "delivery"], state: "dead", connection: ID, errors: "only", range: "1h" },
    NOW,
  );
  expect(filter).toMatchObject({
    types: ["utterance", "delivery"],
    states: ["dead"],
    connections: [ID],
    errorsOnly: true,
    from: new Date(NOW - 3_600_000),
    to: undefined,
  });
});

test("what makes no sense is left out", () => {
  const nonsense = {
    type: "'; drop table events",
    state: "asleep",
    connection: "1",
    conversation: "x",
    range: "toString",
    from: "yesterday",
    to: "999999-99-99",
    after: `12.${"-".repeat(36)}`,
    errors: "maybe",
    platform: "carrier pigeon",
    stage: "lunch",
    slower: "1e9",
    cause: "drop table",
    q: "  ",
  };
  expect(parseFilter(nonsense, NOW)).toEqual({
    types: [],
    agents: [],
    platforms: [],
    cause: undefined,
    search: undefined,
    slowerMs: undefined,
    stage: undefined,
    states: [],
    connections: [],
    conversation: undefined,
    errorsOnly: false,
    from: undefined,
    to: undefined,
    after: undefined,
  });
});

test("a cursor comes back as it went out", () => {
  const cursor = { micros: "1767268800000001", id: ID };
  expect(parseFilter({ after: cursorText(cursor) }, NOW).after).toEqual(cursor);
});

test("only an id opens a row", () => {
  expect(parseSelection({ event: ID })).toEqual({ kind: "event", id: ID });
  expect(parseSelection({ event: "first", delivery: ID })).toEqual({ kind: "delivery", id: ID });
  expect(parseSelection({ event: "../etc" })).toBeUndefined();
});

test("an address keeps what is not changed", () => {
  expect(
    withParams({ type: ["a", "b"], event: ID, after: "1" }, { event: undefined, after: undefined }),
  ).toBe("?type=a&type=b");
  expect(withParams({ event: ID }, { event: undefined })).toBe("?");
});
