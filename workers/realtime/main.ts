import { openDatabase } from "#/lib/db/database.ts";
import { readEnv } from "#/lib/env.ts";
import { beat } from "#/lib/health/heartbeat.ts";
import { noteQuota } from "#/lib/integrations/quota.ts";
import { systemClock } from "#/lib/kernel/clock.ts";
import { createAcceptor } from "#/lib/pipeline/accept-delivery.ts";
import { createProducers } from "#/lib/queues/producers.ts";
import { createWidgetTokens } from "#/lib/realtime/widget-token.ts";
import { connectRedis } from "#/lib/redis/connect.ts";
import { runProcess } from "../runtime/run-process.ts";
import { createRealtimeServer } from "./create-realtime-server.ts";

/** The server that widgets connect to, and the door for what they forward. */
await runProcess("realtime", async ({ log, heartbeat }) => {
  const env = readEnv("realtime");
  const { db, close: closeDatabase } = openDatabase(env.APP_DATABASE_URL);
  const redis = connectRedis(env.REDIS_URL);
  redis.on("error", (error) => log.warn({ err: error }, "redis is away"));
  const producers = createProducers(env.REDIS_URL);

  const server = await createRealtimeServer(
    {
      db,
      redis,
      accept: createAcceptor(db, producers),
      announce: producers.announce,
      quota: (connectionId, told) => void noteQuota(redis, connectionId, told),
      tokens: createWidgetTokens(env.WIDGET_TOKEN_SECRET, systemClock),
      log,
      clock: systemClock,
    },
    { port: env.REALTIME_PORT, host: env.HOST },
  );
  log.info({ port: server.port }, "widgets can connect");
  const startedAt = systemClock();
  heartbeat(async () => {
    await server.beat();
    await beat(redis, { process: "realtime", startedAt });
  });

  return async () => {
    await server.drain();
    await producers.close();
    redis.disconnect();
    await closeDatabase();
  };
});
