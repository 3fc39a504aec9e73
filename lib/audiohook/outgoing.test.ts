import { expect, test } from "vitest";
import type { SessionOutput } from "./session-contract.ts";
import { drivenSession, kinds, sent } from "./testing/driven-session.ts";

const entity = (n: number, text = "") => ({ type: "note", data: { n, text } });

function opened() {
  const session = drivenSession();
  session.open();
  return session;
}

function entitiesOf(outputs: SessionOutput[]): unknown[] {
  return sent(outputs)
    .filter(({ type }) => type === "event")
    .flatMap(({ parameters }) => parameters.entities as unknown[]);
}

test("an event is never empty", () => {
  expect(opened().put({ type: "event", entities: [] })).toEqual([]);
});

test("what exceeds the rate waits, joins into one event, and keeps its order", () => {
  const session = opened();
  const outputs = Array.from({ length: 40 }, (_, n) =>
    session.put({ type: "event", entities: [entity(n)] }),
  ).flat();
  expect(sent(outputs)).toHaveLength(24);
  expect(outputs.filter(({ type }) => type === "wake")).toEqual([{ type: "wake", afterMs: 200 }]);
  session.wait(200);
  const late = session.put({ type: "tick" });
  expect(sent(late)).toHaveLength(1);
  expect(entitiesOf([...outputs, ...late])).toEqual(Array.from({ length: 40 }, (_, n) => entity(n)));
});

test("pong and closed never wait behind events, and nothing waiting is lost", () => {
  const session = opened();
  for (let n = 0; n < 40; n++) session.put({ type: "event", entities: [entity(n)] });
  expect(kinds(session.say("ping"))).toEqual(["pong"]);
  session.say("close", { reason: "end" });
  session.put({ type: "event", entities: [entity(40)] });
  const last = session.put({ type: "finalized" });
  expect(kinds(last)).toEqual(["event", "closed"]);
  expect(entitiesOf(last)).toHaveLength(17);
  expect(session.put({ type: "tick" })).toEqual([]);
});

test("the client's 429 stops events for as long as it says", () => {
  const session = opened();
  session.say("error", { code: 429, message: "slow down", retryAfter: "PT2S" });
  expect(session.put({ type: "event", entities: [entity(1)] })).toEqual([{ type: "wake", afterMs: 2000 }]);
  session.wait(2000);
  expect(kinds(session.put({ type: "tick" }))).toEqual(["event"]);
});

test("events are cut at the size of a message, and what fits none is not sent", () => {
  const session = opened();
  const large = (n: number) => entity(n, "x".repeat(25_000));
  const outputs = session.put({
    type: "event",
    entities: [large(1), large(2), entity(3, "ü".repeat(40_000)), large(4)],
  });
  expect(kinds(outputs)).toEqual(["event", "event"]);
  expect(entitiesOf(outputs)).toHaveLength(3);
});

test("of several pauses and resumes that had to wait only the last is sent", () => {
  const session = opened();
  for (let n = 0; n < 30; n++) session.put({ type: "event", entities: [entity(n)] });
  session.put({ type: "pause" });
  session.put({ type: "resume" });
  session.wait(1000);
  expect(kinds(session.put({ type: "tick" }))).toEqual(["resume", "event"]);
});
