import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { SubscriptionContext, SubscriptionState } from "../connector.ts";
import { hold } from "./subscription.ts";
import { type GoogleWorld, googleWorld } from "./testing/google-world.ts";

let world: GoogleWorld;
let stored: Map<string, unknown>;
let states: SubscriptionState[];
let refusing: boolean;
let over: AbortController;

beforeEach(async () => {
  world = await googleWorld({ ingestMode: "pull" });
  [stored, states, refusing, over] = [new Map(), [], false, new AbortController()];
});
afterEach(async () => {
  over.abort();
  await world.close();
});

function context(): SubscriptionContext {
  return {
    access: world.access,
    streams: {
      read: () => Promise.reject(new Error("not used")),
      store: () => Promise.reject(new Error("not used")),
    },
    async deliver(messageId, payload) {
      if (refusing) throw new AppError("upstream_unavailable", "Postgres is away.");
      stored.set(messageId, payload);
    },
    report: (state) => states.push(state),
  };
}

const name = () => world.pubsub.list()[0]?.name ?? "";

test("pulls what is published, and acknowledges it after it is stored", async () => {
  const held = hold(world.own(), context(), over.signal);
  await vi.waitFor(() => expect(world.pubsub.list()).toHaveLength(1));
  world.center.start({ id: "c-1" });
  for (let n = 0; n < 120; n += 1) world.center.say("c-1", "END_USER", `Line ${n}`);
  await vi.waitFor(() => expect(stored.size).toBe(121), 10_000);
  await vi.waitFor(() => expect(world.pubsub.backlog(name())).toBe(0));
  expect(states.at(-1)).toMatchObject({ state: "live", lastMessageAt: expect.any(Number) });
  over.abort();
  await held;
});

test("what cannot be stored goes back to Google and comes again", async () => {
  refusing = true;
  void hold(world.own(), context(), over.signal);
  await vi.waitFor(() => expect(world.pubsub.list()).toHaveLength(1));
  world.center.start({ id: "c-1" });
  await vi.waitFor(() =>
    expect(states.at(-1)).toMatchObject({ state: "waiting", detail: "Postgres is away." }),
  );
  expect(world.pubsub.backlog(name())).toBe(1);
  refusing = false;
  await vi.waitFor(() => expect(stored.size).toBe(1), 10_000);
});

test("trouble on Google's side is waited out, and a refusal ends the hold with its words", async () => {
  world.faults.add({ kind: "error", path: ":pull", times: 2 });
  const held = hold(world.own(), context(), over.signal);
  await vi.waitFor(() => expect(states.some(({ state }) => state === "waiting")).toBe(true));
  world.center.start({ id: "c-1" });
  await vi.waitFor(() => expect(stored.size).toBe(1), 10_000);
  world.project.permissions.delete("pubsub.subscriptions.consume");
  world.center.say("c-1", "END_USER", "and now");
  await expect(held).rejects.toThrow("pubsub.subscriptions.consume");
});
