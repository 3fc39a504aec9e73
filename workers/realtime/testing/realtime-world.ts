import { eq, sql } from "drizzle-orm";
import type { Redis } from "ioredis";
import { io } from "socket.io-client";
import { type ConversationLink, openConversationLink } from "#/components/widget/conversation-link.ts";
import { type ConversationStore, createConversationStore } from "#/components/widget/conversation-store.ts";
import { conversations } from "#/drizzle/schema/conversations.ts";
import { durableMessages } from "#/drizzle/schema/durable-messages.ts";
import { type Database, openDatabase } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { createLog } from "#/lib/kernel/log.ts";
import type { Accept } from "#/lib/pipeline/accept-delivery.ts";
import type { Delivery } from "#/lib/pipeline/delivery.ts";
import { appendDurable } from "#/lib/realtime/append-durable.ts";
import type { DurableBody, DurableMessage } from "#/lib/realtime/contract.ts";
import { createPublisher, type Publisher } from "#/lib/realtime/publisher.ts";
import type { QuotaTold } from "#/lib/realtime/requests.ts";
import type { Place } from "#/lib/realtime/rooms.ts";
import { createWidgetTokens, type WidgetClaims, type WidgetTokens } from "#/lib/realtime/widget-token.ts";
import { createRealtimeServer, type RealtimeServer } from "../create-realtime-server.ts";

const SECRET = "the widget secret of these tests, long enough";

/** Two realtime nodes, a publisher as the jobs process has one, and a database, for tests. */
export type World = {
  db: Database;
  nodes: [RealtimeServer, RealtimeServer];
  /** One more node, which the test ends itself. */
  startNode(): Promise<RealtimeServer>;
  publisher: Publisher;
  tokens: WidgetTokens;
  /** What came through the doors, in order. */
  delivered: Delivery[];
  /** What widgets told of their platform's limit, in order. */
  quota: ({ connectionId: string } & QuotaTold)[];
  /** Replaces what the doors do with a delivery. */
  acceptWith(accept: Accept): void;
  close(): Promise<void>;
};

export async function startWorld(appUrl: string, redisOf: () => Redis): Promise<World> {
  const { db, close: closeDatabase } = openDatabase(appUrl);
  const delivered: Delivery[] = [];
  const quota: World["quota"] = [];
  let accept: Accept = async (delivery) => void delivered.push(delivery);
  const tokens = createWidgetTokens(SECRET, Date.now);
  const log = createLog("test", "error");
  const node = () =>
    createRealtimeServer(
      {
        db,
        redis: redisOf(),
        accept: (delivery) => accept(delivery),
        quota: (connectionId, told) => void quota.push({ connectionId, ...told }),
        tokens,
        log,
        clock: Date.now,
      },
      { port: 0 },
    );
  const nodes: World["nodes"] = [await node(), await node()];
  const publisher = createPublisher(redisOf());
  return {
    db,
    nodes,
    startNode: node,
    publisher,
    tokens,
    delivered,
    quota,
    acceptWith: (next) => {
      accept = next;
    },
    close: async () => {
      await Promise.all(nodes.map((each) => each.drain()));
      await publisher.close();
      await closeDatabase();
    },
  };
}

/** A tenant with one connection and one conversation, whose messages can be said. */
export type Talk = { place: Place; conversationId: string; claims: WidgetClaims };

let made = 0;

export async function aTalk(world: World, ownerDb: Database, existing = true): Promise<Talk> {
  made += 1;
  const slug = `tenant-${made}-${Date.now()}`;
  const [tenant] = await ownerDb.execute<{ id: string }>(
    sql`insert into tenants (slug, name) values (${slug}, 'Acme') returning id`,
  );
  const tenantId = tenant?.id ?? "";
  const [connection] = await withTenant(world.db, tenantId, (tx) =>
    tx.execute<{ id: string }>(
      sql`insert into connections (tenant_id, public_id, platform, name) values (${tenantId}, ${slug}, 'genesys', 'Calls') returning id`,
    ),
  );
  const place = { tenantId, connectionId: connection?.id ?? "", platformConversationId: `call-${made}` };
  const claims: WidgetClaims = {
    tenantId,
    connectionId: place.connectionId,
    platform: "genesys",
    conversationId: place.platformConversationId,
    agentId: "agent-1",
    agentName: "Robin",
    claimed: true,
  };
  const talk = { place, conversationId: "", claims };
  return existing ? { ...talk, conversationId: await begin(world, place) } : talk;
}

export async function begin(world: World, place: Place): Promise<string> {
  const [row] = await withTenant(world.db, place.tenantId, (tx) =>
    tx
      .insert(conversations)
      .values({ ...place, startedAt: new Date() })
      .returning({ id: conversations.id }),
  );
  return row?.id ?? "";
}

export const aLine = (text: string): DurableBody => ({
  kind: "transcript",
  utteranceId: text,
  speaker: "customer",
  text,
  channel: "chat",
  at: new Date().toISOString(),
});

/** Appends and, unless told not to, publishes, as the pipeline does. */
export async function say(
  world: World,
  talk: Talk,
  body: DurableBody,
  options: { publish?: boolean; key?: string; eventId?: string } = {},
): Promise<DurableMessage> {
  const key = options.key ?? JSON.stringify(body);
  const message = await withTenant(world.db, talk.place.tenantId, (tx) =>
    appendDurable(tx, {
      tenantId: talk.place.tenantId,
      conversationId: talk.conversationId,
      platformConversationId: talk.place.platformConversationId,
      key,
      eventId: options.eventId,
      body,
    }),
  );
  if (options.publish !== false) world.publisher.durable(talk.place, message);
  return message;
}

/** Many lines at once, which no widget is told of. */
export async function sayUnpublished(world: World, talk: Talk, texts: readonly string[]): Promise<void> {
  await withTenant(world.db, talk.place.tenantId, async (tx) => {
    const { tenantId } = talk.place;
    const lines = texts.map((text, index) => ({ seq: index + 1, key: text, body: aLine(text) }));
    await tx
      .insert(durableMessages)
      .values(lines.map((line) => ({ ...line, tenantId, conversationId: talk.conversationId })));
    await tx
      .update(conversations)
      .set({ lastSeq: texts.length })
      .where(eq(conversations.id, talk.conversationId));
  });
}

export type TestWidget = {
  link: ConversationLink;
  store: ConversationStore;
  states: string[];
  texts(): string[];
};

/** The widget's own link and store, without a page around them. */
export async function aWidget(world: World, talk: Talk, url: string): Promise<TestWidget> {
  const store = createConversationStore();
  const states: string[] = [];
  const token = await world.tokens.mint(talk.claims);
  const link = openConversationLink({
    url,
    conversationId: talk.place.platformConversationId,
    tokens: {
      current: async () => token,
      renewed: async () => ({ token: await world.tokens.mint(talk.claims), nextInMs: 60_000 }),
      nextRenewalInMs: () => 60_000,
    },
    store,
    onStatus: ({ state }) => states.push(state),
  });
  return { link, store, states, texts: () => textsOf([...store.state().messages.values()]) };
}

export function textsOf(messages: readonly DurableMessage[]): string[] {
  return [...messages]
    .sort((one, other) => one.seq - other.seq)
    .map(({ body }) => (body.kind === "transcript" ? body.text : body.kind));
}

export const addressOf = (node: RealtimeServer) => `http://127.0.0.1:${node.port}`;

/** A bare socket, for what the widget itself would never send. */
export function aSocket(url: string, token: string) {
  return io(url, { transports: ["websocket"], forceNew: true, reconnection: false, auth: { token } });
}
