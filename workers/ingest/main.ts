import { parseKeyRing } from "#/lib/crypto/key-ring.ts";
import { openDatabase } from "#/lib/db/database.ts";
import { readEnv } from "#/lib/env.ts";
import { beat } from "#/lib/health/heartbeat.ts";
import { serverAccess } from "#/lib/integrations/server-access.ts";
import { createAcceptor } from "#/lib/pipeline/accept-delivery.ts";
import { createProducers } from "#/lib/queues/producers.ts";
import { createPublisher } from "#/lib/realtime/publisher.ts";
import { connectRedis } from "#/lib/redis/connect.ts";
import { openNetwork } from "../runtime/open-network.ts";
import { runProcess } from "../runtime/run-process.ts";
import { serveHttp } from "../runtime/serve-http.ts";
import { tellInterims } from "../runtime/tell-interims.ts";
import { ingestConnections } from "./ingest-connections.ts";
import { ingestRoutes } from "./routes.ts";
import { takeIn } from "./take-in.ts";

/** Pub/Sub sends up to 10 MB of data, in base64: what it cannot get rid of it would send for days. */
const MOST_BODY_BYTES = 14 * 1024 * 1024;

/** The door for platforms that push. It answers once the raw delivery is durable, never sooner. */
await runProcess("ingest", async ({ log, heartbeat }) => {
  const env = readEnv("ingest");
  const { db, close } = openDatabase(env.APP_DATABASE_URL);
  const redis = connectRedis(env.REDIS_URL);
  const producers = createProducers(env.REDIS_URL);
  const publisher = createPublisher(redis.duplicate());
  const network = openNetwork(env, redis);
  const figures = { taken: 0, refused: 0, deliveries: 0 };
  const deps = {
    find: ingestConnections(db, parseKeyRing(env.KEY_RING)),
    accept: createAcceptor(db, producers),
    access: (connectionId: string) => serverAccess(network, connectionId),
    interim: tellInterims(publisher),
    log,
    now: Date.now,
    count: (what: keyof typeof figures) => {
      figures[what] += 1;
    },
  };
  const door = await serveHttp({
    port: env.INGEST_PORT,
    host: env.HOST,
    log,
    checks: { postgres: () => db.execute("select 1") },
    maxBodyBytes: MOST_BODY_BYTES,
    routes: ingestRoutes((request) => takeIn(request, deps)),
  });
  const startedAt = Date.now();
  heartbeat(() => beat(redis, { process: "ingest", startedAt }, figures));
  return async () => {
    await door.close();
    await Promise.allSettled([publisher.close(), producers.close(), close()]);
    redis.disconnect();
  };
});
