import { afterEach, expect, test, vi } from "vitest";
import { DEMO_USERS } from "#/sandbox/genesys/organization/demo-organization.ts";
import { type Organization, startOrganization } from "#/sandbox/genesys/organization/start-organization.ts";
import type { PlatformAccess } from "../../platform-access.ts";
import { createGenesysClient } from "../api/genesys-client.ts";
import { type ConversationFeed, openConversationFeed } from "./conversation-feed.ts";
import type { FeedState } from "./feed-states.ts";
import { guardedSocket } from "./subscription.ts";
import type { FeedContext, FeedMessage } from "./tracked-conversation.ts";

/** The feed over real sockets, against the other side of the wire as the contract describes it. */
const open: { organization: Organization; feeds: ConversationFeed[] }[] = [];
afterEach(async () => {
  for (const { organization, feeds } of open.splice(0)) {
    for (const feed of feeds) feed.close();
    await organization.close();
  }
});

const [kim, daniel] = DEMO_USERS.map(({ id }) => id);
const WAIT = { timeout: 8_000, interval: 20 };

async function anOrganization(settings = {}) {
  const organization = await startOrganization({ seed: 3, settings });
  const feeds: ConversationFeed[] = [];
  open.push({ organization, feeds });
  const listen = async (userId = kim ?? "") => {
    const { url } = organization;
    const access: PlatformAccess = {
      connectionId: "connection",
      fetch,
      now: Date.now,
      wait: (ms, signal) =>
        new Promise((resolve, reject) => {
          const timer = setTimeout(resolve, ms);
          const abort = () => {
            clearTimeout(timer);
            reject(signal?.reason);
          };
          if (signal?.aborted) abort();
          signal?.addEventListener("abort", abort, { once: true });
        }),
      quota: () => {},
      sandboxes: {},
    };
    let token = organization.agentToken(userId).value;
    const client = createGenesysClient({
      hosts: { login: url, api: url, apps: url },
      token: async () => token,
      onRefused: () => {
        token = organization.agentToken(userId).value;
      },
      access,
    });
    const messages: FeedMessage[] = [];
    const contexts: FeedContext[] = [];
    const ended: string[] = [];
    const states: FeedState[] = [];
    const feed = openConversationFeed({
      client,
      access,
      openSocket: guardedSocket(url),
      scope: { kind: "user", userId },
      handlers: {
        onMessage: (message) => void messages.push(message),
        onContext: (context) => void contexts.push(context),
        onEnded: (_id, reason) => void ended.push(reason),
        onUnknown: () => {},
        onState: (state) => void states.push(state),
      },
    });
    feeds.push(feed);
    await vi.waitFor(() => expect(feed.figures().catchUps).toBeGreaterThan(0), WAIT);
    return { feed, messages, contexts, ended, states };
  };
  return { organization, listen };
}

test("an agent's chat comes with its text, queue and where to answer", async () => {
  const { organization, listen } = await anOrganization();
  const { feed, messages } = await listen();
  const { id } = organization.start({ queueId: "queue-billing", userId: kim, text: "Hello" });
  organization.customer(id, { do: "type" });
  organization.customer(id, { do: "attach", filename: "bill.png" });
  organization.agentActs(id, { do: "send", userId: kim ?? "", text: "Good morning" });
  await vi.waitFor(() => expect(messages).toHaveLength(2), WAIT);
  expect(messages).toMatchObject([
    { from: "customer", text: "Hello", queue: { id: "queue-billing", name: "Billing" } },
    { from: "agent", text: "Good morning", agent: { id: kim, name: "Kim Doe" } },
  ]);
  const agent = organization.world.interactions.find(id).participants.at(-1);
  expect(feed.target(id)).toEqual({
    mediaType: "message",
    participantId: agent?.id,
    communicationId: agent?.communicationId,
  });
  await vi.waitFor(() => expect(feed.figures().skipped).toBe(1), WAIT);
});

test("a transferred chat is over for the first agent and whole for the second", async () => {
  const { organization, listen } = await anOrganization();
  const [first, second] = [await listen(), await listen(daniel)];
  const { id } = organization.start({ queueId: "queue-billing", userId: kim, text: "Before" });
  await vi.waitFor(() => expect(first.messages).toHaveLength(1), WAIT);
  organization.agentActs(id, { do: "transfer", userId: daniel });
  organization.agentActs(id, { do: "answer", userId: daniel ?? "" });
  organization.customerWrites(id, "After");
  await vi.waitFor(() => expect(second.messages.map(({ text }) => text)).toEqual(["Before", "After"]), WAIT);
  await vi.waitFor(() => expect(first.ended).toEqual(["transferred"]), WAIT);
  organization.agentActs(id, { do: "end" });
  await vi.waitFor(() => expect(second.ended).toEqual(["customer left"]), WAIT);
});

test.each(["cutSockets", "socketClosing", "evictChannels", "revokeTokens", "expireChannels"] as const)(
  "nothing is lost or doubled around %s",
  async (accident) => {
    const { organization, listen } = await anOrganization();
    organization.faults.events({ duplicate: 0.5, outOfOrder: 0.5 });
    organization.faults.earlyFetch({ times: 1, rate: 0.5 });
    const { messages } = await listen();
    const { id } = organization.start({ userId: kim });
    const said = ["one", "two", "three", "four"];
    organization.customerWrites(id, "one");
    organization.faults[accident]();
    organization.customerWrites(id, "two");
    organization.customerWrites(id, "three");
    await vi.waitFor(() => expect(messages).toHaveLength(3), WAIT);
    organization.customerWrites(id, "four");
    await vi.waitFor(() => expect(messages.map(({ text }) => text)).toEqual(said), WAIT);
  },
);

test("the twenty-first channel takes one away, which comes back and misses nothing", async () => {
  const { organization, listen } = await anOrganization({ maxChannels: 2 });
  const feeds = [await listen(), await listen()];
  const third = await listen();
  const { id } = organization.start({ userId: kim });
  organization.customerWrites(id, "Still there?");
  await vi.waitFor(() => {
    for (const { messages } of [...feeds, third]) expect(messages).toHaveLength(1);
  }, WAIT);
});

test("a socket address outside of the platform's own domain is not opened", () => {
  const opened: string[] = [];
  const openSocket = guardedSocket("https://api.mypurecloud.de", (url) => {
    opened.push(url);
    return new EventTarget() as never;
  });
  openSocket("wss://streaming.mypurecloud.de/channels/streaming-1");
  for (const url of [
    "wss://evil.example/channels/1",
    "ws://streaming.mypurecloud.de/x",
    "wss://evilmypurecloud.de/x",
  ])
    expect(() => openSocket(url)).toThrow("outside of its own domain");
  expect(opened).toHaveLength(1);
});
