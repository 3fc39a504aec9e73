import { clientToken } from "#/lib/connectors/genesys/api/client-token.ts";
import { createGenesysClient } from "#/lib/connectors/genesys/api/genesys-client.ts";
import { openConversationFeed } from "#/lib/connectors/genesys/notifications/conversation-feed.ts";
import type { FeedScope } from "#/lib/connectors/genesys/notifications/tracked-conversation.ts";
import type { PlatformAccess } from "#/lib/connectors/platform-access.ts";
import { DEMO_CLIENTS, DEMO_USERS } from "#/sandbox/genesys/organization/demo-organization.ts";
import type { Organization } from "#/sandbox/genesys/organization/start-organization.ts";
import { compare, sum } from "./faults/compare.ts";
import type { SharedTime } from "./genesys-feed-clock.ts";
import type { Row } from "./report.ts";

export const QUEUE = "queue-care";
export const [AGENT] = DEMO_USERS;

export type Sent = Map<string, string[]>;

export type Listener = {
  name: string;
  close(): void;
  /** It hears now whatever is said. */
  ready(): boolean;
  figures(): object;
  has(sent: Sent): boolean;
  /** When each message was first heard, in the platform's time. */
  heardAt: ReadonlyMap<string, number>;
  rowOf(sent: Sent): Row;
};

/** What was heard against what was sent, both by conversation and in their order. */
export function rowOf(sent: Sent, heard: ReadonlyMap<string, readonly string[]>): Row {
  const difference = sum([...sent].map(([id, messages]) => compare(messages, heard.get(id) ?? [])));
  const total = [...sent.values()].reduce((all, messages) => all + messages.length, 0);
  const { lost, doubled, outOfOrder } = difference;
  return { forwarded: total - lost, of: total, lost, doubled, "out of order": outOfOrder };
}

/** Listens as the widget does (the agent's own token) or as the server does (the client's own). */
export function listen(kind: "widget" | "server", organization: Organization, time: SharedTime): Listener {
  const access: PlatformAccess = {
    connectionId: `${kind}-${organization.url}`,
    fetch,
    now: time.clock.now,
    wait: time.wait,
    quota: () => {},
    sandboxes: { genesys: organization.url },
  };
  const hosts = { login: organization.url, api: organization.url, apps: organization.url };
  const scope: FeedScope =
    kind === "server" ? { kind: "queues", queueIds: [QUEUE] } : { kind: "user", userId: AGENT?.id ?? "" };
  const heard = new Map<string, string[]>();
  const heardAt = new Map<string, number>();
  const feed = openConversationFeed({
    client: createGenesysClient({ hosts, access, ...tokenOf(kind, organization, access, hosts) }),
    access,
    openSocket: (url) => new WebSocket(url),
    scope,
    handlers: {
      onMessage({ conversationId, messageId }) {
        heard.set(conversationId, [...(heard.get(conversationId) ?? []), messageId]);
        if (!heardAt.has(messageId)) heardAt.set(messageId, time.clock.now());
      },
      onContext: () => {},
      onEnded: () => {},
      onUnknown: () => {},
      onState: () => {},
    },
  });
  return {
    name: kind,
    close: feed.close,
    ready: () => feed.figures().catchUps > 0,
    figures: feed.figures,
    has: (sent) => [...sent].every(([id, messages]) => (heard.get(id) ?? []).length >= messages.length),
    heardAt,
    rowOf: (sent) => rowOf(sent, heard),
  };
}

function tokenOf(
  kind: "widget" | "server",
  organization: Organization,
  access: PlatformAccess,
  hosts: { login: string; api: string; apps: string },
) {
  if (kind === "server") {
    const [client] = DEMO_CLIENTS;
    const login = { hosts, access, clientId: client?.id ?? "", clientSecret: client?.secret ?? "" };
    const { get, refused } = clientToken(login);
    return { token: get, onRefused: refused };
  }
  let held = organization.agentToken(AGENT?.id ?? "");
  const renew = () => {
    held = organization.agentToken(AGENT?.id ?? "");
  };
  return { token: async () => held.value, onRefused: renew };
}
