import { type FeedHandlers, openConversationFeed } from "../conversation-feed.ts";
import type { FeedState } from "../feed-states.ts";
import type { FeedContext, FeedMessage, FeedScope } from "../tracked-conversation.ts";
import type { FakeConversation, FakeMessage } from "./fake-bodies.ts";
import { type FakePlatform, fakePlatform } from "./fake-platform.ts";
import { virtualTime } from "./virtual-time.ts";

export const USER: FeedScope = { kind: "user", userId: "u-1" };
export const QUEUES: FeedScope = { kind: "queues", queueIds: ["q-1", "q-2"] };

type Heard = {
  messages: FeedMessage[];
  contexts: FeedContext[];
  ended: string[];
  unknown: string[];
  states: FeedState[];
};

export type FeedWorld = ReturnType<typeof aWorld>;

/** A feed on a platform of its own, and all that it told. */
export function aWorld(
  scope: FeedScope = USER,
  changes: Partial<FeedHandlers> = {},
  chance: () => number = () => 0.99,
) {
  const time = virtualTime();
  const platform = fakePlatform(time, chance);
  const heard: Heard = { messages: [], contexts: [], ended: [], unknown: [], states: [] };
  const feed = openConversationFeed({
    ...platform,
    scope,
    random: chance,
    handlers: {
      onMessage: (message) => void heard.messages.push(message),
      onContext: (context) => void heard.contexts.push(context),
      onEnded: (id, reason) => void heard.ended.push(`${id}: ${reason}`),
      onUnknown: (topic) => void heard.unknown.push(topic),
      onState: (state) => void heard.states.push(state),
      ...changes,
    },
  });
  return { time, platform, heard, feed };
}

/** A customer and an agent, both connected. */
export function aConversation(platform: FakePlatform, now: number, id = "chat-1"): FakeConversation {
  const conversation: FakeConversation = {
    id,
    participants: [
      { id: `${id}-p1`, purpose: "customer", connectedAt: now },
      { id: `${id}-p2`, purpose: "agent", userId: "u-1", queueId: "q-1", connectedAt: now },
    ],
    messages: [],
  };
  platform.conversations.set(id, conversation);
  return conversation;
}

let ids = 0;
export const said = (at: number, changes: Partial<FakeMessage> = {}): FakeMessage => ({
  id: `m-${ids++}`,
  from: "customer",
  text: "Where is my parcel?",
  at,
  ...changes,
});
