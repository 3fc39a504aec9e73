import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { AppError } from "#/lib/kernel/app-error.ts";
import { createLog } from "#/lib/kernel/log.ts";
import { CallOutbox } from "./call-outbox.ts";
import type { Call } from "./ports.ts";
import { MemorySink } from "./testing/memory-sink.ts";

const CALL: Call = {
  tenantId: randomUUID(),
  connectionId: randomUUID(),
  sessionId: randomUUID(),
  conversationId: "c",
  organizationId: randomUUID(),
  participant: { id: randomUUID(), ani: "", aniName: "", dnis: "" },
  startedAt: new Date(0),
};

const said = (text: string) => ({ utteranceId: text, text, startMs: 0, durationMs: 1 });

function anOutbox() {
  const sink = new MemorySink();
  return { sink, outbox: new CallOutbox({ sink, log: createLog("test", "silent"), retryMs: 1 }) };
}

test("what the sink refuses is delivered again, and nothing overtakes it", async () => {
  const { sink, outbox } = anOutbox();
  sink.refusals = 3;
  outbox.put((to) => to.started(CALL));
  outbox.final(CALL, "agent", said("one"));
  outbox.interim(CALL, "agent", said("tw"));
  outbox.final(CALL, "agent", said("two"));
  await outbox.idle();
  expect(sink.lines).toEqual(["started c", "agent: one", "agent: two"]);
  outbox.interim(CALL, "agent", said("th"));
  outbox.put((to) => to.ended(CALL, "end", new Date()));
  await outbox.idle();
  expect(sink.lines.slice(3)).toEqual(["interim agent: th", "ended end"]);
});

test("what the sink refuses for good is counted as lost and holds nothing up", async () => {
  const { sink, outbox } = anOutbox();
  outbox.put(() => Promise.reject(new AppError("not_found", "No such connection.")));
  outbox.final(CALL, "agent", said("after"));
  await outbox.idle();
  expect([sink.lines, outbox.waiting, outbox.lost]).toEqual([["agent: after"], 0, 1]);
});

test("while an interim is on its way only the newest follows, and none after its final", async () => {
  const { sink, outbox } = anOutbox();
  let arrive: () => void = () => undefined;
  sink.interim = (_call, speaker, { text }) => {
    sink.lines.push(`interim ${speaker}: ${text}`);
    return new Promise<void>((resolve) => {
      arrive = resolve;
    });
  };
  for (const text of ["a", "a b", "a b c"]) outbox.interim(CALL, "agent", said(text));
  outbox.interim(CALL, "customer", said("x"));
  expect(sink.lines).toEqual(["interim agent: a", "interim customer: x"]);
  outbox.interim(CALL, "customer", said("x y"));
  outbox.final(CALL, "customer", said("x y z"));
  arrive();
  await outbox.idle();
  expect(sink.lines).toEqual(["interim agent: a", "interim customer: x", "customer: x y z"]);
});

test("an interim that fails is forgotten", async () => {
  const { sink, outbox } = anOutbox();
  sink.interim = () => Promise.reject(new Error("no"));
  outbox.interim(CALL, "agent", said("a"));
  outbox.final(CALL, "agent", said("b"));
  await outbox.idle();
  expect(sink.lines).toEqual(["agent: b"]);
});

test("abandoning ends the waiting and counts what is lost", async () => {
  const { sink, outbox } = anOutbox();
  sink.refusals = Number.POSITIVE_INFINITY;
  outbox.final(CALL, "agent", said("a"));
  outbox.final(CALL, "agent", said("b"));
  await new Promise((resolve) => setTimeout(resolve, 5));
  outbox.abandon();
  await outbox.idle();
  outbox.final(CALL, "agent", said("c"));
  expect([outbox.waiting, outbox.lost]).toEqual([0, 3]);
});
