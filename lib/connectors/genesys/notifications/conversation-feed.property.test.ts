import fc from "fast-check";
import { expect, test } from "vitest";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { FakeConversation } from "./testing/fake-bodies.ts";
import { aConversation, aWorld, type FeedWorld, QUEUES, said, USER } from "./testing/feed-world.ts";

/** A small generator of chance of its own, so that a failure shrinks and repeats. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const FAULTS = ["none", "cut", "closing", "mute", "evict", "expire", "refuse", "renew", "strange"] as const;
const step = fc.record({
  fault: fc.constantFrom(...FAULTS),
  waitMs: fc.integer({ min: 1, max: 40_000 }),
  talk: fc.integer({ min: 0, max: 2 }),
  agent: fc.boolean(),
});

type Fault = (typeof FAULTS)[number];

async function strike(fault: Fault, { platform, feed, time }: FeedWorld): Promise<void> {
  const [socket] = platform.sockets();
  const [channel] = platform.channels.values();
  if (fault === "cut") socket?.cut();
  if (fault === "closing") socket?.hear({ topicName: "v2.system.socket_closing", eventBody: {} });
  if (fault === "mute" && socket) socket.mute = true;
  if (fault === "evict" && channel) platform.kill(channel);
  if (fault === "expire") await time.pass(86_400_000);
  if (fault === "refuse")
    platform.failures.push(...Array.from({ length: 6 }, () => new AppError("upstream_unavailable", "503")));
  if (fault === "renew") feed.renew();
  if (fault === "strange") socket?.hear({ topicName: "v2.something.new", eventBody: null });
}

test.each([USER, QUEUES])(
  "$kind: each message comes once and in order, whatever breaks",
  async (scope) => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.array(step, { minLength: 1, maxLength: 25 }), async (seed, steps) => {
        const world = aWorld(scope, {}, seeded(seed));
        const { time, platform, heard, feed } = world;
        Object.assign(platform.rates, { duplicate: 0.3, late: 0.3, failing: 0.1, early: 0.3 });
        const talks = [0, 1, 2].map((index) => aConversation(platform, time.now(), `chat-${index}`));
        await time.pass(seed % 2 === 0 ? 2_000 : 0);
        for (const { fault, waitMs, talk, agent } of steps) {
          const conversation = talks[talk] as FakeConversation;
          platform.say(conversation, said(time.now(), { from: agent ? "agent" : "customer" }));
          await strike(fault, world);
          await time.pass(waitMs);
        }
        await time.pass(600_000);
        for (const { id, messages } of talks) {
          const forwarded = heard.messages.filter(({ conversationId }) => conversationId === id);
          expect(forwarded.map(({ messageId }) => messageId)).toEqual(messages.map((message) => message.id));
        }
        feed.close();
      }),
      { numRuns: 40 },
    );
  },
  120_000,
);
