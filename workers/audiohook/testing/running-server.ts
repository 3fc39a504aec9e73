import { randomUUID } from "node:crypto";
import { newAudiohookCredentials } from "#/lib/audiohook/credentials.ts";
import { createLog } from "#/lib/kernel/log.ts";
import { createAudiohookServer } from "../audiohook-server.ts";
import type { AudiohookConnection } from "../ports.ts";
import type { AudiohookServerOptions } from "../server-runtime.ts";
import { CallClient, type Identity, signedHeaders } from "./call-client.ts";
import { MemoryEngine } from "./memory-engine.ts";
import { MemorySink } from "./memory-sink.ts";

export const PUBLIC_ID = "demo-connection";

type Options = Partial<AudiohookServerOptions> & { connection?: Partial<AudiohookConnection> };

/** A server on a free port with everything in memory, and short waits. */
export async function runningServer({ connection: changes = {}, ...options }: Options = {}) {
  const engine = new MemoryEngine();
  const sink = new MemorySink();
  const { apiKey, clientSecret } = newAudiohookCredentials();
  const secret = Buffer.from(clientSecret, "base64");
  const connection: AudiohookConnection = {
    tenantId: randomUUID(),
    connectionId: randomUUID(),
    apiKeys: [apiKey],
    secrets: [secret],
    unsignedAllowed: false,
    refuseRepeatedNonce: false,
    ...changes,
  };
  const server = createAudiohookServer({
    findConnection: async (publicId) => (publicId === PUBLIC_ID ? connection : undefined),
    engine,
    sink,
    log: createLog("test", "silent"),
    ...options,
    timings: { refusalMs: 20, flushMs: 300, goodbyeMs: 200, drainMs: 10, retryMs: 5, ...options.timings },
  });
  await server.listen(0, "127.0.0.1");
  const host = `127.0.0.1:${server.port}`;
  const path = `/audiohook/${PUBLIC_ID}`;
  const identity = (): Identity => ({
    organizationId: "d7934305-0972-4844-938e-9060eef73d05",
    sessionId: randomUUID(),
    apiKey,
    secret,
  });

  const client = (who: Identity = identity(), headers = signedHeaders(who, path, host)) =>
    new CallClient(`ws://${host}${path}`, who, headers);
  const connect = (who?: Identity) => client(who).connected();

  /** A call with its recognizers open: `customer` and `agent` are their streams. */
  async function call(changes: Record<string, unknown> = {}) {
    const caller = await connect();
    const before = engine.streams.length;
    caller.open(changes);
    const opened = await caller.next("opened");
    await until(() => engine.streams.length === before + 2);
    const [customer, agent] = engine.streams.slice(before);
    if (!customer || !agent) throw new Error("no recognizers");
    return { client: caller, opened, customer, agent };
  }

  return { server, engine, sink, connection, host, path, identity, client, connect, call };
}

/** Waits for something that no event announces. */
export async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; !condition(); i++) {
    if (i > 1000) throw new Error("waited in vain");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
