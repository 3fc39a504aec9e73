import { parseKeyRing } from "#/lib/crypto/key-ring.ts";
import { openDatabase } from "#/lib/db/database.ts";
import { readEnv } from "#/lib/env.ts";
import { beat } from "#/lib/health/heartbeat.ts";
import { createProducers } from "#/lib/queues/producers.ts";
import { createPublisher } from "#/lib/realtime/publisher.ts";
import { connectRedis } from "#/lib/redis/connect.ts";
import { openNetwork } from "../runtime/open-network.ts";
import { openTranscriptBus } from "../runtime/open-transcript-bus.ts";
import { serveProbe } from "../runtime/probe.ts";
import { runProcess } from "../runtime/run-process.ts";
import { startSubscriptions } from "./start-subscriptions.ts";
import { startTranscriptBus } from "./start-transcript-bus.ts";

/** Holds the streams that platforms let us read, one process a connection by a lease, and takes from the transcript bus. */
await runProcess("subscriptions", async ({ log, heartbeat }) => {
  const env = readEnv("subscriptions");
  const { db, close } = openDatabase(env.APP_DATABASE_URL);
  const redis = connectRedis(env.REDIS_URL);
  const producers = createProducers(env.REDIS_URL);
  const publisher = createPublisher(redis.duplicate());
  const network = openNetwork(env, redis);
  const ring = parseKeyRing(env.KEY_RING);
  const subscriptions = startSubscriptions({ db, redis, producers, publisher, ring, network, log });
  const bus = startTranscriptBus(openTranscriptBus(env, network), { db, producers, log });
  const probe = await serveProbe({
    port: env.SUBSCRIPTIONS_PORT,
    host: env.HOST,
    checks: { postgres: () => db.execute("select 1"), redis: () => redis.ping() },
  });
  const startedAt = Date.now();
  heartbeat(async () => {
    await subscriptions.beat();
    await beat(
      redis,
      { process: "subscriptions", startedAt },
      { ...subscriptions.figures(), ...bus.figures() },
    );
  });
  return async () => {
    await Promise.all([subscriptions.stop(), bus.stop(), probe.close()]);
    await Promise.allSettled([publisher.close(), producers.close()]);
    await close();
    redis.disconnect();
  };
});
