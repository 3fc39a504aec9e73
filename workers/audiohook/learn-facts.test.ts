import { expect, test } from "vitest";
import type { ConversationFacts } from "#/lib/connectors/connector.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { createLog } from "#/lib/kernel/log.ts";
import type { Delivery } from "#/lib/pipeline/delivery.ts";
import { learnFacts } from "./learn-facts.ts";
import type { Call } from "./ports.ts";
import { MemorySink } from "./testing/memory-sink.ts";
import { until } from "./testing/running-server.ts";

const CALL: Call = {
  tenantId: "t",
  connectionId: "c",
  sessionId: "s",
  conversationId: "call-1",
  organizationId: "o",
  participant: { id: "p", ani: "", aniName: "", dnis: "" },
  startedAt: new Date(0),
};
const QUEUE = { id: "q-1", name: "Billing" };
const AGENT = { id: "a-1", name: "Robin" };

type Answer = ConversationFacts | undefined | AppError;

/** Answers in turn; the last one again and again. */
function learning(answers: Answer[], afterMs: readonly number[] = [0, 0, 0]) {
  const sink = new MemorySink();
  const deliveries: Delivery[] = [];
  const asked: string[] = [];
  const learnt = learnFacts(sink, {
    ask: async ({ conversationId }) => {
      const answer = answers[Math.min(asked.push(conversationId), answers.length) - 1];
      if (answer instanceof AppError) throw answer;
      return answer;
    },
    accept: async (delivery) => void deliveries.push(delivery),
    log: createLog("test", "silent"),
    afterMs,
  });
  const payloads = () => deliveries.map(({ payload }) => payload);
  const over = () => until(() => learnt.asking === 0);
  const asking = () => learnt.asking;
  return { sink: learnt.sink, asking, memory: sink, deliveries, payloads, asked, over };
}

test("the queue is told as soon as it is known, the agent when they join, and then nobody is asked", async () => {
  const world = learning(
    [undefined, { queue: QUEUE }, { queue: QUEUE }, { queue: QUEUE, agent: AGENT }],
    [0, 0, 0, 0, 0],
  );
  await world.sink.started(CALL);
  await world.over();
  const context = { kind: "context", conversationId: "call-1", channel: "voice", at: expect.any(String) };
  expect(world.payloads()).toEqual([
    { ...context, queue: QUEUE },
    { ...context, queue: QUEUE, agent: AGENT },
  ]);
  expect(world.asked).toHaveLength(4);
  expect(new Set(world.deliveries.map(({ messageId }) => messageId)).size).toBe(2);
});

test("what the call itself has said is not asked for, nor is its language changed", async () => {
  const hinted = learning([{ queue: QUEUE }]);
  await hinted.sink.started({ ...CALL, customConfig: { queueId: "q-9" } });
  expect([hinted.asking(), hinted.asked]).toEqual([0, []]);
  const spoken = learning([{ queue: QUEUE, agent: AGENT, language: "de" }]);
  await spoken.sink.started({ ...CALL, language: "en-US" });
  await spoken.over();
  expect(spoken.payloads()).toEqual([expect.not.objectContaining({ language: expect.anything() })]);
});

test("what a later attempt may mend is tried again, and a refusal ends the asking", async () => {
  const away = new AppError("upstream_unavailable", "Away.");
  const mended = learning([away, { queue: QUEUE, agent: AGENT }]);
  await mended.sink.started(CALL);
  await mended.over();
  expect(mended.payloads()).toHaveLength(1);
  const refused = learning([new AppError("upstream_rejected", "No such client."), { queue: QUEUE }]);
  await refused.sink.started(CALL);
  await refused.over();
  expect([refused.asked.length, refused.payloads()]).toEqual([1, []]);
});

test("the announcement waits for nobody, and the end of the call ends the asking", async () => {
  const world = learning([{ queue: QUEUE }], [60_000]);
  await world.sink.started(CALL);
  expect(world.memory.lines).toEqual(["started call-1"]);
  expect(world.asking()).toBe(1);
  await world.sink.ended(CALL, "end", new Date());
  await world.over();
  expect([world.asked, world.memory.lines]).toEqual([[], ["started call-1", "ended end"]]);
});

test("an announcement that the sink refuses is no reason to ask yet", async () => {
  const world = learning([{ queue: QUEUE }]);
  world.memory.refusals = 1;
  await expect(async () => world.sink.started(CALL)).rejects.toThrow("sink refuses");
  expect(world.asked).toEqual([]);
});
