import { expect, test, vi } from "vitest";
import { normalize } from "#/lib/connectors/registry.ts";
import { addressOf, aWidget, type Talk } from "./testing/realtime-world.ts";
import { testWorld } from "./testing/test-world.ts";

const { world, talkOf } = await testWorld();

const storedOf = ({ place }: Talk) =>
  world().delivered.filter(({ connectionId }) => connectionId === place.connectionId);

test.each(["2026-11-22T09:00:00.000Z", undefined])(
  "the end of a conversation at %s is one, whichever of the agent's widgets tells it",
  async (at) => {
    const talk = await talkOf();
    const address = addressOf(world().nodes[0]);
    const widgets = [await aWidget(world(), talk, address), await aWidget(world(), talk, address)];
    const said = { reason: "customer left", ...(at && { at }) };
    for (const [index, { link }] of widgets.entries()) {
      link.ended(said);
      await vi.waitFor(() => expect(storedOf(talk)).toHaveLength(index + 1));
    }
    const stored = storedOf(talk);
    expect(new Set(stored.map(({ messageId }) => messageId)).size).toBe(1);
    const events = stored.flatMap(({ payload }, receivedAt) =>
      normalize("genesys", payload, { ...talk.place, receivedAt }),
    );
    expect(events).toHaveLength(2);
    expect(events[0]).toMatchObject({ platformConversationId: talk.place.platformConversationId });
    expect(events[0]?.id).toBe(events[1]?.id);
    for (const { link } of widgets) link.close();
  },
);

test("what nobody understood is kept as a sample, and cut where it is long", async () => {
  const talk = await talkOf();
  const widget = await aWidget(world(), talk, addressOf(world().nodes[0]));
  widget.link.unknown({ topic: "v2.something.new", sample: { strange: true } });
  widget.link.unknown({ topic: "v2.something.long", sample: { text: "x".repeat(50_000) } });
  await vi.waitFor(() => expect(storedOf(talk)).toHaveLength(2));
  expect(storedOf(talk)[0]?.payload).toEqual({
    kind: "unknown",
    topic: "v2.something.new",
    sample: { strange: true },
  });
  expect(JSON.stringify(storedOf(talk)[1]?.payload).length).toBeLessThan(20_000);
  widget.link.close();
});

test("refusals of the agent's own calls are told for the token's connection, and held down", async () => {
  const talk = await talkOf();
  const widget = await aWidget(world(), talk, addressOf(world().nodes[0]));
  const { connectionId } = talk.place;
  expect(await widget.link.ask("Is anybody there?")).toEqual({ ok: true });
  widget.link.quota({ refused: 3, allowed: 300, used: 300, resetMs: 20_000 });
  const told = () => world().quota.filter((each) => each.connectionId === connectionId);
  await vi.waitFor(() =>
    expect(told()).toEqual([{ connectionId, refused: 3, allowed: 300, used: 300, resetMs: 20_000 }]),
  );
  for (let more = 0; more < 20; more++) widget.link.quota({ refused: 1 });
  widget.link.quota({ refused: 1_000_000 });
  expect(await widget.link.ask("Is there more?")).toEqual({ ok: true });
  expect(told()).toHaveLength(5);
  widget.link.close();
});
