import type { Redis } from "ioredis";
import type { Database } from "#/lib/db/database.ts";
import type { FollowMessage } from "#/lib/realtime/agent-contract.ts";
import { type DirectoryPlace, directoryKeys, foldName, KEPT_SECONDS } from "./directory-keys.ts";
import { type AgentConversation, readTruth } from "./read-truth.ts";

/** Who is connected to a realtime node as which agent. */
export type WatchingWidget = {
  socketId: string;
  names: readonly string[];
  agentId: string | undefined;
  at: number;
};

export type AgentDirectory = {
  /** The agent that the first known of these names stands for. */
  resolve(place: DirectoryPlace, names: readonly string[]): Promise<string | undefined>;
  /** Every name of an agent, its own id among them. */
  namesOf(place: DirectoryPlace, agentId: string): Promise<string[]>;
  /** All that agents of the connection have on. */
  conversations(place: DirectoryPlace): Promise<FollowMessage[]>;
  /** What an event told: who has a conversation now, or that it is over. Answers the agents that it concerns. */
  observe(place: DirectoryPlace, seen: AgentConversation & { ended: boolean }): Promise<string[]>;
  /** Links another name to an agent, as an admin said. */
  link(place: DirectoryPlace, name: string, agentId: string | undefined): Promise<void>;
  watching(place: DirectoryPlace, widget: WatchingWidget): Promise<void>;
  left(place: DirectoryPlace, socketId: string): Promise<void>;
};

type DirectoryDeps = { redis: Redis; db: Database };

/**
 * Which agent has which conversation, and by which names desktops know the agent. Lives in Redis and can be wiped: the
 * next who asks builds it again, links and conversations from Postgres, widgets as their nodes say them again.
 */
export function createAgentDirectory({ redis, db }: DirectoryDeps): AgentDirectory {
  const ready = async (place: DirectoryPlace) => {
    const keys = directoryKeys(place);
    if ((await redis.exists(keys.built)) === 0) await build(place);
    return keys;
  };
  /** Two at once write the same; the mark comes last, so that nobody reads half of it. */
  const build = async (place: DirectoryPlace) => {
    const keys = directoryKeys(place);
    const { links, conversations } = await readTruth(db, place);
    const batch = redis.multi();
    for (const [name, agentId] of links) batch.hset(keys.links, name, agentId);
    for (const each of conversations) put(batch, keys, each);
    for (const key of [keys.links, keys.agents, keys.conversations]) batch.expire(key, KEPT_SECONDS);
    batch.set(keys.built, "1", "EX", KEPT_SECONDS);
    await batch.exec();
  };

  return {
    resolve: async (place, names) => {
      const keys = await ready(place);
      for (const name of names.map(foldName)) {
        const [linked, own] = await Promise.all([
          redis.hget(keys.links, name),
          redis.hget(keys.agents, name),
        ]);
        const agentId = linked ?? own;
        if (agentId) return agentId;
      }
      return undefined;
    },
    namesOf: async (place, agentId) => {
      const links = await redis.hgetall((await ready(place)).links);
      const others = Object.entries(links).flatMap(([name, linked]) => (linked === agentId ? [name] : []));
      return [...new Set([foldName(agentId), ...others])];
    },
    conversations: async (place) => {
      const keys = await ready(place);
      return Object.entries(await redis.hgetall(keys.conversations)).map(([conversationId, value]) =>
        followOf({ ...(JSON.parse(value) as AgentConversation), conversationId }, false),
      );
    },
    observe: async (place, seen) => {
      const keys = await ready(place);
      const before = await redis.hget(keys.conversations, seen.conversationId);
      const last = before ? (JSON.parse(before) as AgentConversation) : undefined;
      const batch = redis.multi();
      if (seen.ended) batch.hdel(keys.conversations, seen.conversationId);
      else put(batch, keys, seen);
      await batch.exec();
      // One that it was taken from must stop following it.
      return [...new Set([seen.agentId, last?.agentId].filter((id): id is string => Boolean(id)))];
    },
    link: async (place, name, agentId) => {
      const keys = await ready(place);
      await (agentId
        ? redis.hset(keys.links, foldName(name), agentId)
        : redis.hdel(keys.links, foldName(name)));
    },
    watching: async (place, widget) => {
      const keys = directoryKeys(place);
      const { socketId, ...said } = widget;
      await redis
        .multi()
        .hset(keys.widgets, socketId, JSON.stringify(said))
        .expire(keys.widgets, KEPT_SECONDS)
        .exec();
    },
    left: async (place, socketId) => {
      await redis.hdel(directoryKeys(place).widgets, socketId);
    },
  };
}

type Keys = ReturnType<typeof directoryKeys>;

function put(
  batch: ReturnType<Redis["multi"]>,
  keys: Keys,
  { conversationId, ...known }: AgentConversation,
): void {
  batch.hset(keys.conversations, conversationId, JSON.stringify(known));
  batch.hset(keys.agents, foldName(known.agentId), known.agentId);
}

export function followOf(known: AgentConversation, ended: boolean): FollowMessage {
  const { conversationId, agentId, channel, queue, language } = known;
  return { conversationId, agentId, channel, queue, language, ended };
}
