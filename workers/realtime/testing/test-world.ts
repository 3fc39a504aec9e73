import { afterAll, beforeAll } from "vitest";
import { type OpenDatabase, openDatabase } from "#/lib/db/database.ts";
import { connectRedis } from "#/lib/redis/connect.ts";
import { testDatabase } from "#/tests/support/test-database.ts";
import { testRedisUrl } from "#/tests/support/test-redis.ts";
import { addressOf, aSocket, aTalk, startWorld, type Talk, type World } from "./realtime-world.ts";

/** What a test file of this folder needs, on servers of its own; call it once, at the top of the file. */
export type TestWorld = {
  /** Only inside a test: before, nothing has started. */
  world(): World;
  redisOf(): ReturnType<typeof connectRedis>;
  /** A conversation of a tenant of its own; `existing` false leaves it to be begun. */
  talkOf(existing?: boolean): Promise<Talk>;
  /** A bare socket of the talk's agent, on the first node. */
  socketOf(talk: Talk): Promise<ReturnType<typeof aSocket>>;
};

export async function testWorld(): Promise<TestWorld> {
  const urls = await testDatabase();
  const redisUrl = await testRedisUrl();
  const redisOf = () => connectRedis(redisUrl);
  let started: { world: World; owner: OpenDatabase } | undefined;
  const running = () => {
    if (!started) throw new Error("The world starts before the first test, not earlier.");
    return started;
  };

  beforeAll(async () => {
    const owner = openDatabase(urls.ownerUrl, { max: 2 });
    started = { owner, world: await startWorld(urls.appUrl, redisOf) };
  });
  afterAll(async () => {
    await started?.world.close();
    await started?.owner.close();
  });

  return {
    world: () => running().world,
    redisOf,
    talkOf: (existing) => aTalk(running().world, running().owner.db, existing),
    socketOf: async (talk) => {
      const { nodes, tokens } = running().world;
      return aSocket(addressOf(nodes[0]), await tokens.mint(talk.claims));
    },
  };
}
