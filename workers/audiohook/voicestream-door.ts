import { readFileSync } from "node:fs";
import type { Redis } from "ioredis";
import type { KeyRing } from "#/lib/crypto/key-ring.ts";
import type { Database } from "#/lib/db/database.ts";
import type { ProcessEnv } from "#/lib/env.ts";
import type { Log } from "#/lib/kernel/log.ts";
import type { Accept } from "#/lib/pipeline/accept-delivery.ts";
import type { CallSink, EngineFor } from "./ports.ts";
import { byTrustToken, voiceConnections } from "./voicestream-connections.ts";
import { redisHalves } from "./voicestream-halves.ts";
import type { TellAlone } from "./voicestream-ports.ts";
import { createVoiceStreamServer } from "./voicestream-server.ts";

type Deps = {
  env: ProcessEnv<"audiohook">;
  db: Database;
  ring: KeyRing;
  redis: Redis;
  engineFor: EngineFor;
  sink: CallSink;
  accept: Accept;
  log: Log;
};

/** Opens the second door of this process: Five9's voice stream. */
export async function openVoiceStreamDoor({ env, db, ring, redis, accept, ...deps }: Deps) {
  const { VOICESTREAM_CERT: certificate, VOICESTREAM_KEY: key } = env;
  const server = createVoiceStreamServer({
    ...deps,
    findConnection: byTrustToken(
      voiceConnections(db, ring, {
        onFault: (connectionId, err) =>
          deps.log.error({ connectionId, err }, "connection left out of the voice stream"),
      }),
    ),
    halves: redisHalves(redis),
    tellAlone: tellAlone(accept),
    mostLegs: env.VOICESTREAM_MOST_LEGS,
    tls: certificate && key ? { certificate: readFileSync(certificate), key: readFileSync(key) } : undefined,
  });
  await server.listen(env.VOICESTREAM_PORT, env.HOST);
  return {
    drain: () => server.drain(),
    figures: () =>
      Object.fromEntries(Object.entries(server.health()).map(([name, value]) => [`voice.${name}`, value])),
  };
}

/** A delivery of its own, which the connector parks with the reason: an admin finds it in the inspector. */
function tellAlone(accept: Accept): TellAlone {
  return (call, arrived, waitedMs) =>
    accept({
      tenantId: call.tenantId,
      connectionId: call.connectionId,
      door: "audiohook",
      messageId: `voicestream:${call.sessionId}:alone`,
      payload: {
        kind: "leg.alone",
        conversationId: call.conversationId,
        sessionId: call.sessionId,
        leg: arrived,
        waitedMs,
        at: call.startedAt.toISOString(),
      },
      receivedAt: Date.now(),
    });
}
