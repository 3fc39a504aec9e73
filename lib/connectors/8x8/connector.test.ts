import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { AppError } from "#/lib/kernel/app-error.ts";
import { describeConnector } from "#/tests/contracts/connector.ts";
import { eightByEight } from "./index.ts";

const folder = new URL("./fixtures/", import.meta.url);
const fixtures = Object.fromEntries(
  readdirSync(folder).map((file) => [
    file.replace(".json", ""),
    JSON.parse(readFileSync(new URL(file, folder), "utf8")) as unknown,
  ]),
);
const ORIGIN = {
  tenantId: "6f1c2a52-5d0e-4f0e-8a44-2a4f9a5a0001",
  connectionId: "0b5f6f39-8a5e-4a54-9c0b-0d2f8d6f3a01",
  receivedAt: Date.parse("2026-03-02T10:00:00Z"),
};
type Recorded = { body: { Interaction: Record<string, unknown> } };

describeConnector(eightByEight, fixtures);

const read = (name: string, change: Record<string, unknown> = {}) => {
  const fixture = structuredClone(fixtures[name]) as Recorded;
  Object.assign(fixture.body.Interaction ?? fixture.body, change);
  return eightByEight.normalize(fixture, ORIGIN);
};

test("an accepted interaction opens the conversation with channel, queue, agent, language and its own time", () => {
  expect(read("accepted")).toMatchObject([
    {
      type: "conversation.started",
      platformConversationId: "int-18a2c3d4e5f-phone-01-acme",
      occurredAt: "2026-03-02T09:59:50.123Z",
      data: {
        channel: "voice",
        queue: { id: "2101", name: "Billing" },
        agent: { id: "agCHmXFoTuRaI5XyfBbLLg" },
        language: "en",
      },
    },
  ]);
});

test("the two shapes of the vendor's samples are one event", () => {
  expect(read("accepted-unwrapped")).toEqual(read("accepted"));
});

test("the offer's time orders nothing, and inside a second the usual order does", () => {
  const without = { msgInfo: {} };
  const [opened] = read("accepted", without);
  const [closed] = read("post-process", without);
  expect(opened?.occurredAt.slice(0, 19)).toBe("2026-03-02T09:59:50");
  expect(Date.parse(closed?.occurredAt ?? "")).toBeGreaterThan(Date.parse(opened?.occurredAt ?? ""));
});

test("wrap-up closes the conversation, and its alias closes it no second time", () => {
  const [ended] = read("post-process");
  expect(ended).toMatchObject({ type: "conversation.ended", data: { reason: "completed" } });
  expect(read("completed").map(({ id }) => id)).toEqual([ended?.id]);
  expect(read("deleted")).toMatchObject([{ type: "conversation.ended" }]);
});

test("an agent who leaves a conversation that others go on with does not end it", () => {
  const others = { participatingAgents: "agCHmXFoTuRaI5XyfBbLLg, agOther" };
  expect(read("post-process", others)).toMatchObject([
    { type: "conversation.updated", data: { agent: { id: "agOther" } } },
  ]);
});

test("each agent of a transferred interaction opens it anew, and the last one's wrap-up is one of its own", () => {
  const second = {
    agentId: "agOther",
    transactionNum: 2,
    msgInfo: { sequenceId: 90, timestamp: 1772445600000 },
  };
  expect(read("accepted", second)[0]?.id).not.toBe(read("accepted")[0]?.id);
  expect(read("post-process", second)[0]?.id).not.toBe(read("post-process")[0]?.id);
});

test("what was given up in the queue is no conversation", () => {
  expect(read("queued")).toEqual([]);
  const nobody = { agentId: "", agentGUID: "", participatingAgents: "", dispositionCode: undefined };
  expect(read("deleted", nobody)).toEqual([]);
});

test("an event that nobody has heard of is parked and not called broken", () => {
  try {
    read("accepted", { event: "InteractionTeleported" });
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: "unknown_shape" });
  }
});

test("the gateway's own echo is no message", () => {
  const { body } = structuredClone(fixtures["gateway-message"]) as { body: { data: { isEcho: boolean } } };
  expect(eightByEight.normalize({ kind: "gateway", body }, ORIGIN)).toHaveLength(2);
  body.data.isEcho = true;
  expect(eightByEight.normalize({ kind: "gateway", body }, ORIGIN)).toEqual([]);
});
