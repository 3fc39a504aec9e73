import { parseKeyRing } from "#/lib/crypto/key-ring.ts";
import { openDatabase } from "#/lib/db/database.ts";
import { createAgentDirectory } from "#/lib/directory/agent-directory.ts";
import { noticingAgents } from "#/lib/directory/notice-agents.ts";
import { readEnv } from "#/lib/env.ts";
import { beat } from "#/lib/health/heartbeat.ts";
import { createProducers } from "#/lib/queues/producers.ts";
import { createPublisher } from "#/lib/realtime/publisher.ts";
import { connectRedis } from "#/lib/redis/connect.ts";
import { openNetwork } from "../runtime/open-network.ts";
import { serveProbe } from "../runtime/probe.ts";
import { runProcess } from "../runtime/run-process.ts";
import { createHandlers } from "./create-handlers.ts";
import { startRecordKeeping } from "./record-keeping.ts";
import { startRetention } from "./retention-rounds.ts";
import { startWorkers } from "./start-workers.ts";
import { startSweeper } from "./sweeper.ts";

/** Works what the doors stored: pipeline, assist, knowledge, and the portal's questions. */
await runProcess("jobs", async ({ log, heartbeat }) => {
  const env = readEnv("jobs");
  const { db, close } = openDatabase(env.APP_DATABASE_URL, { max: env.JOBS_CONCURRENCY });
  const redis = connectRedis(env.REDIS_URL);
  const producers = createProducers(env.REDIS_URL);
  const directory = createAgentDirectory({ redis, db });
  const publisher = noticingAgents(createPublisher(redis.duplicate()), directory, log);
  const handlers = await createHandlers({
    db,
    ring: parseKeyRing(env.KEY_RING),
    publisher,
    allowedHosts: env.OUTBOUND_ALLOWED_HOSTS,
    network: openNetwork(env, redis),
    log,
  });
  const workers = startWorkers(handlers, { redisUrl: env.REDIS_URL, concurrency: env.JOBS_CONCURRENCY, log });
  const sweeper = startSweeper(db, handlers, log);
  const records = startRecordKeeping({ db, redis, producers, log });
  const retention = startRetention(db, log);
  const probe = await serveProbe({
    port: env.JOBS_PORT,
    host: env.HOST,
    checks: { postgres: () => db.execute("select 1"), redis: () => redis.ping() },
  });
  const startedAt = Date.now();
  heartbeat(() => beat(redis, { process: "jobs", startedAt }, handlers.figures()));
  return async () => {
    await Promise.all([workers.close(), sweeper.stop(), records.stop(), retention.stop(), probe.close()]);
    await handlers.close();
    await Promise.allSettled([publisher.close(), producers.close()]);
    await close();
    redis.disconnect();
  };
});
