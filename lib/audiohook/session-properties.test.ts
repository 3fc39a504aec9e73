import fc from "fast-check";
import { expect, test } from "vitest";
import { drivenSession, openParameters, PROBE, sent } from "./testing/driven-session.ts";

type Session = ReturnType<typeof drivenSession>;

const TYPES = [
  "open",
  "ping",
  "update",
  "paused",
  "resumed",
  "discarded",
  "error",
  "close",
  "dtmf",
  "__proto__",
];

const parameters = fc.oneof(
  fc.constant(openParameters()),
  fc.constant(openParameters(PROBE)),
  fc.record({
    start: fc.constantFrom("PT0S", "PT3.25S", "x"),
    discarded: fc.constantFrom("PT1S", "PT0S", 4),
  }),
  fc.dictionary(fc.string(), fc.anything({ withBigInt: false })),
);

const envelope = fc.oneof(
  { weight: 12, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.record({ seq: fc.integer(), serverseq: fc.integer() }, { requiredKeys: [] }) },
);

const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(fc.constantFrom(...TYPES), parameters, envelope).map(
      ([type, given, extra]) =>
        (session: Session) =>
          session.say(type, given, extra),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.nat({ max: 40 }).map((half) => (session: Session) => session.audio(half * 2)),
  },
  {
    weight: 1,
    arbitrary: fc.string().map((text) => (session: Session) => session.put({ type: "text", text })),
  },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom("pause", "resume", "finalized", "tick", "lost")
      .map((type) => (session: Session) => session.put({ type })),
  },
  {
    weight: 2,
    arbitrary: fc.array(fc.jsonValue(), { maxLength: 30 }).map((list) => (session: Session) => {
      session.wait(30);
      return session.put({ type: "event", entities: list.map((data) => ({ type: "note", data })) });
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constant((session: Session) => session.put({ type: "disconnect", reason: "error" })),
  },
);

test("whatever arrives in whatever order, the server's own rules hold", () => {
  fc.assert(
    fc.property(fc.boolean(), fc.array(step, { maxLength: 60 }), (opens, steps) => {
      const session = drivenSession();
      const outputs = opens ? session.open() : [];
      for (const take of steps) outputs.push(...take(session));

      const messages = sent(outputs);
      expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, i) => i + 1));
      const kinds = [...messages.map(({ type }) => type), ...outputs.map(({ type }) => `(${type})`)];
      for (const once of ["opened", "closed", "disconnect", "(opened)", "(finalize)"]) {
        expect(kinds.filter((kind) => kind === once).length, once).toBeLessThanOrEqual(1);
      }
      const closedAt = messages.findIndex(({ type }) => type === "closed");
      if (closedAt >= 0) expect(messages).toHaveLength(closedAt + 1);
      for (const { type, parameters: given } of messages) {
        if (type === "event") expect(given.entities).not.toEqual([]);
      }
    }),
    { numRuns: 400 },
  );
});
