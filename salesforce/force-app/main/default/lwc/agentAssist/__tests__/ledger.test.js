import { createLedger, fingerprintOf, LOG_LIMIT, momentOf, readMessage } from "../ledger";

const AT = Date.parse("2026-03-02T10:00:00Z");
const logged = (content, at = AT, type = "END_USER") => ({ content, timestamp: at, type, name: "x" });
const live = (text, at = AT, from = "customer") => ({ from, text, at });

test("a message has the same id in the log, live, and after a reload", () => {
  const first = createLedger().takeLog([logged("Hello")])[0].id;
  expect(createLedger().takeLive(live("Hello")).id).toBe(first);
  expect(createLedger().takeLog([logged("Hello", String(AT + 700))])[0].id).toBe(first);
});

test("the same text said twice is two messages, of other speakers as well", () => {
  const ids = createLedger()
    .takeLog([logged("ok"), logged("ok", AT + 60_000), logged("ok", AT + 61_000, "AGENT")])
    .map(({ id }) => id);
  expect(new Set(ids).size).toBe(3);
});

test("what came live is not new in the log, and what the log told is not new live", () => {
  const ledger = createLedger();
  ledger.takeLive(live("Hello"));
  expect(ledger.takeLog([logged("Hello", AT + 20)])).toEqual([]);
  expect(ledger.takeLog([logged("Hello", AT + 20), logged("And?", AT + 5_000)])).toHaveLength(1);
  expect(ledger.takeLive(live("And?", AT + 5_100))).toBeUndefined();
});

test("an event that comes twice is one message, also of what the log told first", () => {
  const ledger = createLedger();
  expect(ledger.takeLive(live("Hello"))).toBeDefined();
  expect(ledger.takeLive(live("Hello"))).toBeUndefined();
  ledger.takeLog([logged("Hello"), logged("ok", AT + 50)]);
  expect(ledger.takeLive(live("ok", AT + 60))).toBeUndefined();
  expect(ledger.takeLive(live("ok", AT + 60))).toBeUndefined();
});

test("the same words said again later are new, whichever way they come", () => {
  const ledger = createLedger();
  ledger.takeLog([logged("ok")]);
  expect(ledger.takeLive(live("ok", AT + 30_000)).id).toMatch(/-2$/);
  expect(ledger.takeLog([logged("ok"), logged("ok", AT + 30_000), logged("ok", AT + 60_000)])[0].id).toMatch(
    /-3$/,
  );
});

test("a log that has lost its beginning goes on counting where this tab was", () => {
  let kept = {};
  const counts = { read: () => ({ ...kept }), write: (now) => (kept = { ...now }) };
  const before = createLedger(counts);
  before.takeLog([logged("ok"), logged("ok", AT + 10_000)]);
  const rest = Array.from({ length: LOG_LIMIT - 1 }, (_, place) =>
    logged(`line ${place}`, AT + 20_000 + place),
  );
  const after = createLedger(counts);
  const ids = after.takeLog([logged("ok", AT + 10_000), ...rest]).map(({ id }) => id);
  expect(ids[0]).toMatch(/-2$/);
  expect(after.takeLive(live("ok", AT + 90_000)).id).toMatch(/-3$/);
});

test("messages named by their moment are not told again once the log can be read", () => {
  const ledger = createLedger();
  const { id } = ledger.nameByMoment(live("Hello"));
  expect(id).toMatch(/-t\d+$/);
  expect(ledger.takeLog([logged("Hello", AT + 100), logged("New", AT + 9_000)])).toHaveLength(1);
});

test("bots, system lines and empty texts are left out, and every form of time is read", () => {
  expect(readMessage(logged("Hi", AT, "SYSTEM"))).toBeUndefined();
  expect(readMessage(logged("  "))).toBeUndefined();
  expect(readMessage(logged({ rich: true }))).toBeUndefined();
  for (const form of [AT, String(AT), new Date(AT), new Date(AT).toISOString()])
    expect(momentOf(form)).toBe(AT);
  expect(momentOf("soon")).toBeUndefined();
});

test("texts that differ in one letter have other fingerprints", () => {
  const texts = Array.from({ length: 5_000 }, (_, place) => `order ${place}`);
  expect(new Set(texts.map(fingerprintOf)).size).toBe(texts.length);
});
