import { afterEach, expect, test } from "vitest";
import { createGenesysClient } from "./api/genesys-client.ts";
import { type LocalPlatform, localPlatform, type Reply } from "./api/test-doubles.ts";
import { describeConversation, factsOf } from "./describe-conversation.ts";
import { listQueues } from "./list-queues.ts";

let platform: LocalPlatform | undefined;
afterEach(() => platform?.close());

async function aClient(answer: (path: string) => Reply) {
  platform = await localPlatform(({ path }) => answer(path));
  const { hosts, access } = platform;
  return createGenesysClient({ hosts, access, token: async () => "t" });
}

const signal = AbortSignal.timeout(9_000);
const CUSTOMER = { purpose: "customer", name: "Pat" };
const QUEUE = { purpose: "acd", queueId: "q-1", name: "Billing", connectedTime: "1", endTime: "2" };
const FIRST = {
  purpose: "agent",
  userId: "u-1",
  name: "Ana",
  queueId: "q-1",
  connectedTime: "2",
  endTime: "3",
};
const SECOND = { purpose: "agent", userId: "u-2", name: "Ben", queueId: "q-2", connectedTime: "3" };

test("after a transfer the queue and the agent of now are told", () => {
  const moved = { ...QUEUE, queueId: "q-2", name: "Outages" };
  expect(factsOf([CUSTOMER, QUEUE, FIRST, moved, SECOND])).toEqual({
    queue: { id: "q-2", name: "Outages" },
    agent: { id: "u-2", name: "Ben" },
  });
});

test("a conversation that is over still tells who had it last", () => {
  expect(factsOf([CUSTOMER, QUEUE, FIRST]).agent).toEqual({ id: "u-1", name: "Ana" });
});

test("a language skill is only taken for a language where it is one", () => {
  const spoken = (name: string) =>
    factsOf([{ ...QUEUE, conversationRoutingData: { queue: {}, language: { name } } }]);
  expect(spoken("de_DE").language).toBe("de-DE");
  expect(spoken("German, written").language).toBeUndefined();
});

test("a conversation that the platform does not know is nobody's, and other failures rise", async () => {
  const client = await aClient((path) => ({ status: path.endsWith("/gone") ? 404 : 403 }));
  expect(await describeConversation(client, "gone", signal)).toBeUndefined();
  await expect(describeConversation(client, "shut", signal)).rejects.toMatchObject({
    code: "upstream_rejected",
  });
});

test("fields of an unknown form are left out", async () => {
  const client = await aClient(() => ({
    json: { participants: [{ ...QUEUE, conversationRoutingData: "none", attributes: 7 }, { purpose: 3 }] },
  }));
  expect(await describeConversation(client, "c-1", signal)).toEqual({
    queue: { id: "q-1", name: "Billing" },
  });
});

test("queues are listed page by page to the end, each once", async () => {
  const names = Array.from({ length: 250 }, (_, index) => `q-${index}`);
  const client = await aClient((path) => {
    const number = Number(new URL(path, "http://x").searchParams.get("pageNumber"));
    const from = (number - 1) * 100;
    // The first of a page was the last of the one before: somebody made a queue meanwhile.
    const ids = names.slice(Math.max(0, from - 1), from + 100);
    return { json: { entities: ids.map((id) => ({ id, name: id })), pageCount: 3 } };
  });
  expect(await listQueues(client, signal)).toHaveLength(250);
  expect(platform?.asked).toHaveLength(3);
});
