import { expect, test } from "vitest";
import { openConversationFeed } from "./conversation-feed.ts";
import type { FeedState } from "./feed-states.ts";
import { guardedSocket } from "./subscription.ts";
import { fakePlatform } from "./testing/fake-platform.ts";
import { USER } from "./testing/feed-world.ts";
import { virtualTime } from "./testing/virtual-time.ts";

test("a socket address outside of the platform's own domain is said, and the next channel is tried", async () => {
  const time = virtualTime();
  const platform = fakePlatform(time, () => 0.99);
  const states: FeedState[] = [];
  const opened: string[] = [];
  const openSocket = guardedSocket("https://api.elsewhere.example", (url) => {
    opened.push(url);
    return platform.openSocket(url);
  });
  const nothing = { onMessage() {}, onContext() {}, onEnded() {}, onUnknown() {} };
  const handlers = { ...nothing, onState: (state: FeedState) => void states.push(state) };
  const feed = openConversationFeed({ ...platform, openSocket, scope: USER, handlers });
  await time.pass(120_000);
  const detail = "Genesys Cloud named a socket address outside of its own domain.";
  expect(states).toEqual([{ state: "failed", detail }]);
  expect(opened).toEqual([]);
  expect(feed.figures().channels).toBeGreaterThan(1);
  feed.close();
});
