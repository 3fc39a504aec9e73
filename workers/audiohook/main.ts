import { parseKeyRing } from "#/lib/crypto/key-ring.ts";
import { openDatabase } from "#/lib/db/database.ts";
import { readEnv } from "#/lib/env.ts";
import { beat } from "#/lib/health/heartbeat.ts";
import { createAskPlatform } from "#/lib/integrations/ask-platform.ts";
import { audiohookConnection } from "#/lib/integrations/audiohook-connection.ts";
import { createAcceptor } from "#/lib/pipeline/accept-delivery.ts";
import { createProducers } from "#/lib/queues/producers.ts";
import { createPublisher } from "#/lib/realtime/publisher.ts";
import { connectRedis } from "#/lib/redis/connect.ts";
import { tenantEngines } from "#/lib/speech/tenant-engines.ts";
import { createEmbeddedEngine } from "#/lib/stt/embedded/embedded-engine.ts";
import { pinAddresses } from "#/lib/stt/pinned-address.ts";
import { createTranscriptPublisher } from "#/lib/transcript-bus/publish-transcripts.ts";
import { openNetwork } from "../runtime/open-network.ts";
import { openTranscriptBus } from "../runtime/open-transcript-bus.ts";
import { type ProcessContext, runProcess } from "../runtime/run-process.ts";
import { createAudiohookServer } from "./audiohook-server.ts";
import { cachedConnections } from "./cached-connections.ts";
import { createCallSink } from "./call-sink.ts";
import { healthFigures } from "./health-figures.ts";
import { learnFacts } from "./learn-facts.ts";
import { openVoiceStreamDoor } from "./voicestream-door.ts";

/** Running calls have 30 s to end, then their goodbye and their last results need a while more. */
const DRAIN_TIMEOUT_MS = 65_000;

/** The door for calls: AudioHook sockets in, transcripts out. */
const start = async ({ log, heartbeat }: ProcessContext) => {
  const env = readEnv("audiohook");
  const ring = parseKeyRing(env.KEY_RING);
  const { db, close } = openDatabase(env.APP_DATABASE_URL);
  const redis = connectRedis(env.REDIS_URL);
  const producers = createProducers(env.REDIS_URL);
  const publisher = createPublisher(redis.duplicate());
  const engine = await createEmbeddedEngine({
    modelFolder: env.SPEECH_MODEL_DIR,
    decoders: env.SPEECH_THREADS,
    onFault: (error) => log.error({ err: error }, "speech listener failed"),
  });
  let speechFallbacks = 0;
  const engines = tenantEngines({
    db,
    ring,
    pin: pinAddresses(env.OUTBOUND_ALLOWED_HOSTS),
    embedded: engine,
    onFallback: (tenantId, reason) => {
      speechFallbacks += 1;
      log.warn({ tenantId, reason }, "speech service cannot be opened, the embedded engine listens");
    },
  });
  const accept = createAcceptor(db, producers);
  const network = openNetwork(env, redis);
  const bus = openTranscriptBus(env, network);
  const ask = createAskPlatform({ db, ring, network });
  const transcripts = bus ? createTranscriptPublisher(bus.api, bus.topic) : accept;
  const learning = learnFacts(createCallSink(transcripts, publisher), { ask, accept, log });
  const { sink } = learning;
  const server = createAudiohookServer({
    findConnection: cachedConnections((publicId) => audiohookConnection(db, ring, publicId)),
    engine,
    engineFor: engines.of,
    sink,
    log,
    authorityOverride: env.AUDIOHOOK_AUTHORITY,
    trustProxy: env.TRUST_PROXY === "on",
    ready: async () => (await db.execute("select 1")).length === 1,
  });
  await server.listen(env.AUDIOHOOK_PORT, env.HOST);
  const voice = await openVoiceStreamDoor({ env, db, ring, redis, engineFor: engines.of, sink, accept, log });
  const startedAt = Date.now();
  heartbeat(() =>
    beat(
      redis,
      { process: "audiohook", startedAt },
      { ...healthFigures(server.health()), ...voice.figures(), speechFallbacks },
    ),
  );
  return async () => {
    await Promise.all([server.drain(), voice.drain()]);
    learning.stop();
    await Promise.all([engine.close(), engines.close()]);
    await Promise.allSettled([publisher.close(), producers.close(), close()]);
    redis.disconnect();
  };
};

await runProcess("audiohook", start, { drainTimeoutMs: DRAIN_TIMEOUT_MS });
