import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { performWrite, type WriteDesk, type WriteOrder } from "#/components/widget/perform-write.ts";
import type { WriteOutcome } from "#/lib/connectors/widget-provider.ts";
import { beginWrite } from "#/lib/writeback/begin-write.ts";
import { reportWrite } from "#/lib/writeback/report-write.ts";
import type { Talk } from "./testing/realtime-world.ts";
import { testWorld } from "./testing/test-world.ts";

const { world, talkOf } = await testWorld();

const CALLS = ["ok", "refused", "down", "down after it was done", "done later"] as const;
const LINES = ["fine", "request lost", "answer lost", "page dies"] as const;
const STEPS = ["click", "double click", "retry", "confirm", "another tab", "half a minute"] as const;

type Fault = { line: (typeof LINES)[number]; call: (typeof CALLS)[number]; find: boolean };
type Step = Fault & { step: (typeof STEPS)[number] };

class PageDied extends Error {}

/** A platform that counts what arrives, and a page that may die at each of its messages; time stands still but in waits. */
function aStage(talk: Talk) {
  const text = `It drops off by itself. ${randomUUID()}`;
  const arrived: { at: number; id: string }[] = [];
  const stage = { now: 1_000_000_000_000, text, arrived, fault: undefined as Fault | undefined };
  const deps = { db: world().db, clock: () => stage.now };
  const outcomeOf = (call: Fault["call"]): WriteOutcome => {
    if (call === "refused") return { kind: "failed", reason: "Refused.", retryable: true };
    if (call === "down") return { kind: "unknown", reason: "503" };
    const id = randomUUID();
    arrived.push({ at: stage.now + (call === "done later" ? 3_000 : 0), id });
    return call === "ok" ? { kind: "sent", platformId: id } : { kind: "unknown", reason: "503" };
  };
  const visible = () => arrived.find(({ at }) => at <= stage.now);
  /** The fault of a step strikes once. */
  const over = async <T>(run: () => Promise<T>): Promise<T> => {
    const { line } = stage.fault ?? { line: "fine" };
    if (stage.fault && line !== "fine") stage.fault = { ...stage.fault, line: "fine" };
    if (line === "page dies") throw new PageDied();
    if (line === "request lost") throw new Error("no answer");
    const answer = await run();
    if (line === "answer lost") throw new Error("no answer");
    return answer;
  };
  const page = (): { desk: WriteDesk; died: Promise<void> } => {
    let dead = false;
    const { promise: died, resolve: die } = Promise.withResolvers<void>();
    const alive = async <T>(run: () => Promise<T>): Promise<T> => {
      if (dead) return new Promise(() => {});
      try {
        return await over(run);
      } catch (error) {
        if (!(error instanceof PageDied)) throw error;
        dead = true;
        die();
        // Of a page that has died nothing goes on.
        return new Promise(() => {});
      }
    };
    const desk: WriteDesk = {
      conversationId: talk.place.platformConversationId,
      now: () => stage.now,
      sleep: async (ms) => {
        stage.now += ms;
      },
      platform: {
        send: async () => outcomeOf(stage.fault?.call ?? "ok"),
        find: async () => {
          const found = stage.fault?.find === false ? undefined : visible();
          if (found) return { kind: "sent", platformId: found.id };
          return { kind: "failed", reason: "Not there.", retryable: true };
        },
      },
      write: (order) =>
        alive(async () => (await beginWrite(deps, talk.place, { ...order, agent: undefined })).answer),
      written: (told) => alive(async () => ({ ok: true, ...(await reportWrite(deps, talk.place, told)) })),
    };
    return { desk, died };
  };
  return { stage, page, visible };
}

async function play(talk: Talk, steps: readonly Step[]) {
  const { stage, page, visible } = aStage(talk);
  const writeId = randomUUID();
  const order = (after?: WriteOrder["after"]): WriteOrder => ({
    writeId,
    claim: randomUUID(),
    intent: { kind: "message", text: stage.text },
    after,
  });
  const state = async () => {
    const probe = { writeId, claim: randomUUID(), intent: order().intent, agent: undefined };
    // A look that cannot change anything: what follows an attempt that never was follows nothing.
    const after = { attempt: 1_000, how: "retry" as const };
    const deps = { db: world().db, clock: () => stage.now };
    return beginWrite(deps, talk.place, { ...probe, after }).then(
      ({ answer }) => answer,
      () => undefined,
    );
  };
  const perform = (after?: WriteOrder["after"]) => {
    const { desk, died } = page();
    return Promise.race([performWrite(desk, order(after)), died]);
  };
  const follow = async (how: "retry" | "confirmed" | "resume") => {
    const known = await state();
    return known && perform({ attempt: known.attempt, how });
  };
  const acts: Record<Step["step"], () => Promise<unknown>> = {
    click: () => perform(),
    "double click": () => Promise.all([perform(), perform()]),
    retry: () => follow("retry"),
    // A person looks at the conversation first, as the words ask them to.
    confirm: async () => visible() ?? follow("confirmed"),
    "another tab": () => follow("resume"),
    "half a minute": async () => {
      stage.now += 31_000;
    },
  };
  for (const { step, ...fault } of steps) {
    stage.fault = fault;
    await acts[step]();
  }
  // Everybody is well again, and a widget is open: what is unresolved is resolved.
  stage.fault = undefined;
  stage.now += 31_000;
  if ((await state())?.state === "sending") await follow("resume");
  return { arrived: stage.arrived.length, end: await state() };
}

test("any order of clicks, retries, lost answers and crashes performs an intent once at most and ends in a stated state", async () => {
  const fault = {
    line: fc.constantFrom(...LINES),
    call: fc.constantFrom(...CALLS),
    find: fc.boolean(),
  };
  const step = fc.record({ step: fc.constantFrom(...STEPS), ...fault });
  const talk = await talkOf();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 7 }), async (steps) => {
      const { arrived, end } = await play(talk, steps);
      expect(arrived).toBeLessThanOrEqual(1);
      if (end) expect(["sent", "failed", "unconfirmed"]).toContain(end.state);
      if (end?.state === "sent") expect(arrived).toBe(1);
      // "Failed" promises that nothing arrived.
      if (end?.state === "failed") expect(arrived).toBe(0);
    }),
    { numRuns: 150 },
  );
}, 120_000);
