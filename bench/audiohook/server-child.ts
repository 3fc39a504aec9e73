/**
 * The AudioHook door as the product runs it, in a process of its own. `BENCH_ENGINE` names its recognizer;
 * `BENCH_CONNECTION` is a connection given by hand, without it Postgres is asked.
 */
import { parseKeyRing } from "#/lib/crypto/key-ring.ts";
import { openDatabase } from "#/lib/db/database.ts";
import { audiohookConnection } from "#/lib/integrations/audiohook-connection.ts";
import { createLog } from "#/lib/kernel/log.ts";
import { createAudiohookServer } from "#/workers/audiohook/audiohook-server.ts";
import { cachedConnections } from "#/workers/audiohook/cached-connections.ts";
import type { FindConnection } from "#/workers/audiohook/ports.ts";
import { answerParent } from "../bench-child.ts";
import { required } from "../report.ts";
import type { GivenConnection } from "./bench-connection.ts";
import { benchEngine } from "./bench-engines.ts";
import { collectingSink } from "./collecting-sink.ts";
import { readProcessFigures } from "./process-figures.ts";

function fromPostgres(): FindConnection {
  const { db } = openDatabase(required("APP_DATABASE_URL"));
  const ring = parseKeyRing(required("KEY_RING"));
  return cachedConnections((publicId) => audiohookConnection(db, ring, publicId));
}

function given({ publicId, apiKey, clientSecret }: GivenConnection): FindConnection {
  const connection = {
    tenantId: "0197c0de-0000-7000-8000-000000000001",
    connectionId: "0197c0de-0000-7000-8000-000000000002",
    apiKeys: [apiKey],
    secrets: [Buffer.from(clientSecret, "base64")],
    unsignedAllowed: false,
    refuseRepeatedNonce: false,
  };
  return async (asked) => (asked === publicId ? connection : undefined);
}

const { BENCH_CONNECTION, BENCH_ENGINE = "silent" } = process.env;
const sink = collectingSink();
const engine = await benchEngine(BENCH_ENGINE);
const server = createAudiohookServer({
  findConnection: BENCH_CONNECTION ? given(JSON.parse(BENCH_CONNECTION)) : fromPostgres(),
  engine,
  sink,
  log: createLog("audiohook", "error"),
});
await server.listen(0, "127.0.0.1");
answerParent(
  { port: server.port },
  {
    figures: readProcessFigures,
    health: () => ({ ...server.health(), ...sink.counts }),
    collected: (sessionId: string) => sink.of(sessionId),
  },
  () => engine.close(),
);
