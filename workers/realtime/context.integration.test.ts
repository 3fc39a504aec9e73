import { expect, test, vi } from "vitest";
import { normalize } from "#/lib/connectors/registry.ts";
import { addressOf, aWidget, type Talk } from "./testing/realtime-world.ts";
import { testWorld } from "./testing/test-world.ts";

const { world, talkOf, socketOf } = await testWorld();

const QUEUE = { id: "q-billing", name: "Billing" };
/** What this talk's widgets had stored, in order. */
const storedOf = ({ place }: Talk) =>
  world().delivered.filter(({ connectionId }) => connectionId === place.connectionId);

test("what the host page says of a conversation reaches the pipeline, with the agent of the token", async () => {
  const talk = await talkOf();
  const widget = await aWidget(world(), talk, addressOf(world().nodes[0]));
  widget.link.context({ queue: QUEUE, channel: "voice", language: "en-US", agent: { id: "somebody-else" } });
  await vi.waitFor(() => expect(storedOf(talk)).toHaveLength(1));
  const [delivery] = storedOf(talk);
  expect(delivery).toMatchObject({
    door: "widget",
    messageId: expect.stringMatching(/^context\/call-\d+\//),
  });
  const events = normalize("genesys", delivery?.payload, { ...talk.place, receivedAt: 0 });
  expect(events).toMatchObject([
    {
      type: "conversation.updated",
      platformConversationId: talk.place.platformConversationId,
      data: {
        queue: QUEUE,
        channel: "voice",
        language: "en-US",
        agent: { id: "agent-1", name: "Robin" },
      },
    },
  ]);
  widget.link.close();
});

test("a widget tells a context once, and a change of it again", async () => {
  const talk = await talkOf();
  const widget = await aWidget(world(), talk, addressOf(world().nodes[0]));
  for (const id of ["q1", "q1", "q2", "q2"]) {
    widget.link.context({ queue: { id } });
    await vi.waitFor(() =>
      expect(storedOf(talk).at(-1)?.payload).toMatchObject({ kind: "context", queue: { id } }),
    );
  }
  widget.link.context({});
  expect(await widget.link.ask("Is there more?")).toEqual({ ok: true });
  expect(storedOf(talk).map(({ payload }) => (payload as { kind: string }).kind)).toEqual([
    "context",
    "context",
    "question",
  ]);
  widget.link.close();
});

test("the same context has the same delivery id from any tab, and another one its own", async () => {
  const talk = await talkOf();
  const { conversationId } = talk.claims;
  const sockets = [await socketOf(talk), await socketOf(talk)];
  const contexts = [
    { queue: QUEUE, language: "en" },
    { language: "en", queue: QUEUE },
    { queue: { id: "other" }, language: "en" },
  ];
  for (const [index, context] of contexts.entries())
    expect(await sockets[index % 2]?.emitWithAck("context", { conversationId, ...context })).toEqual({
      ok: true,
    });
  const ids = storedOf(talk).map(({ messageId }) => messageId);
  expect(ids[0]).toBe(ids[1]);
  expect(ids[2]).not.toBe(ids[0]);
  for (const each of sockets) each.disconnect();
});

test("where the token names no agent, the page's word for it counts", async () => {
  const talk = await talkOf();
  const { agentId: _, agentName: __, ...claims } = talk.claims;
  const socket = await socketOf({ ...talk, claims });
  await socket.emitWithAck("context", { conversationId: claims.conversationId, agent: { id: "a9" } });
  expect(storedOf(talk)).toMatchObject([{ payload: { agent: { id: "a9" } } }]);
  socket.disconnect();
});

test("a bad context, a foreign one and a flood of them are refused in words and stored nowhere", async () => {
  const [talk, foreign] = [await talkOf(), await talkOf()];
  const { conversationId } = talk.claims;
  const socket = await socketOf(talk);
  const bad = [
    null,
    {},
    { conversationId },
    { conversationId, queue: "Billing" },
    { conversationId, queue: { id: "" } },
    { conversationId, channel: "fax" },
    { conversationId, language: "x".repeat(36) },
    { conversationId, agent: { id: "a", name: "n".repeat(201) } },
  ];
  for (const input of bad)
    expect(await socket.emitWithAck("context", input)).toMatchObject({ ok: false, code: "invalid_input" });
  const stranger = { conversationId: foreign.claims.conversationId, queue: QUEUE };
  expect(await socket.emitWithAck("context", stranger)).toMatchObject({ ok: false, code: "not_found" });
  expect(storedOf(talk)).toEqual([]);
  const flood = await Promise.all(
    Array.from({ length: 40 }, (_, at) =>
      socket.emitWithAck("context", { conversationId, queue: { id: `q${at}` } }),
    ),
  );
  expect(flood.at(-1)).toMatchObject({ ok: false, code: "rate_limited" });
  expect(storedOf(talk).length).toBeLessThan(40);
  socket.disconnect();
});
