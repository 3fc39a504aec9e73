import { Server, ServerCredentials } from "@grpc/grpc-js";
import type { Speaker } from "#/lib/events/conversation-event.ts";
import { type Clock, systemClock } from "#/lib/kernel/clock.ts";
import type { Log } from "#/lib/kernel/log.ts";
import { STREAMING_VOICE, type StreamingConfig } from "#/lib/voicestream/wire.ts";
import type { CallSink, EngineFor } from "./ports.ts";
import { settledWithin } from "./timings.ts";
import { VoiceCalls } from "./voicestream-calls.ts";
import { type Admission, LegSession, type VoiceStream } from "./voicestream-leg.ts";
import {
  type FindByTrustToken,
  type Halves,
  type TellAlone,
  VOICE_TIMINGS,
  type VoiceTimings,
} from "./voicestream-ports.ts";

export type VoiceStreamOptions = {
  findConnection: FindByTrustToken;
  engineFor: EngineFor;
  sink: CallSink;
  halves: Halves;
  tellAlone: TellAlone;
  log: Log;
  /** Legs that one process hears at once; one more is told that there is no room. */
  mostLegs: number;
  /** Without one the door is open text, for a proxy in front that ends TLS. */
  tls?: { certificate: Buffer; key: Buffer } | undefined;
  clock?: Clock;
  timings?: Partial<VoiceTimings>;
};

export type VoiceStreamHealth = {
  legs: number;
  calls: number;
  refused: number;
  withoutRoom: number;
  aloneCalls: number;
  waitingResults: number;
  lostResults: number;
};

export type VoiceStreamServer = {
  listen(port: number, host?: string): Promise<number>;
  /** Sends running legs to another process, then ends what is left. Idempotent. */
  drain(): Promise<void>;
  health(): VoiceStreamHealth;
};

const SPEAKERS: Record<string, Speaker | undefined> = { agent: "agent", customer: "customer" };

/** A frame is 20 ms, 320 bytes; nobody needs more than this. */
const LARGEST_MESSAGE_BYTES = 65_536;
/** Streams that have yet to say who they are. */
const MOST_STRANGERS = 1000;
/** How often it is looked for connections that are gone without a word. */
const KEEPALIVE = { "grpc.keepalive_time_ms": 20_000, "grpc.keepalive_timeout_ms": 10_000 };

const asTheyAre = (bytes: Buffer) => bytes;

/** The door for Five9's voice stream: one gRPC call for each leg, authenticated by the trust token in its first message. */
export function createVoiceStreamServer(options: VoiceStreamOptions): VoiceStreamServer {
  const { log, tls, clock = systemClock } = options;
  const timings = { ...VOICE_TIMINGS, ...options.timings };
  const calls = new VoiceCalls({ ...options, timings, clock });
  const sessions = new Set<LegSession>();
  const counts = { refused: 0, withoutRoom: 0 };
  let draining: Promise<void> | undefined;

  const identify = async (config: StreamingConfig) => {
    const connection = await options.findConnection(config.trustToken);
    const own = (set: string | undefined, said: string) => set === undefined || set === said;
    const wrong =
      (!connection && "unknown trust token") ||
      (!own(connection?.domainId, config.domainId) && "another domain") ||
      (!own(connection?.subscriptionId, config.subscriptionId) && "another subscription");
    if (!wrong) return connection;
    counts.refused += 1;
    const { domainId, subscriptionId } = config;
    log.warn({ reason: wrong, domainId, subscriptionId }, "voice stream refused");
    return undefined;
  };

  const admit = async (config: StreamingConfig, session: LegSession): Promise<Admission> => {
    const connection = await identify(config);
    if (!connection) return { admitted: false, why: "stranger" };
    const speaker = SPEAKERS[config.leg ?? ""];
    if (!speaker) return { admitted: false, why: "not-wanted" };
    const engine = await options.engineFor(connection.tenantId);
    // Asked last, so that no wait lies between the count and the leg.
    if (draining || carried(sessions) >= options.mostLegs) {
      counts.withoutRoom += 1;
      log.warn({ connectionId: connection.connectionId, mostLegs: options.mostLegs }, "no room for a leg");
      return { admitted: false, why: "no-resource" };
    }
    const carrier = { supersede: () => session.put({ type: "supersede" }) };
    return { admitted: true, leg: calls.join({ connection, config, engine, speaker, carrier }) };
  };

  const take = (stream: VoiceStream) => {
    if (sessions.size - carried(sessions) >= MOST_STRANGERS) {
      stream.destroy();
      return;
    }
    const session = new LegSession(stream, { admit, timings, now: clock, log });
    sessions.add(session);
    void session.over.finally(() => sessions.delete(session));
    if (draining) session.put({ type: "reconnect" });
  };

  const server = new Server({ "grpc.max_receive_message_length": LARGEST_MESSAGE_BYTES, ...KEEPALIVE });
  server.addService(SERVICE, { streamingVoice: take });

  const drain = async () => {
    calls.moving = true;
    for (const session of sessions) session.put({ type: "reconnect" });
    const allOver = () => Promise.all([...sessions].map((session) => session.over));
    if (!(await settledWithin(allOver(), timings.drainMs))) {
      for (const session of sessions) session.put({ type: "gone" });
      await settledWithin(allOver(), timings.flushMs + 1000);
    }
    await calls.settle((work) => settledWithin(work, timings.deliveryMs));
    server.forceShutdown();
  };

  return {
    listen: (port, host = "127.0.0.1") => bind(server, `${host}:${port}`, tls),
    drain: () => {
      draining ??= drain();
      return draining;
    },
    health: () => ({
      legs: carried(sessions),
      calls: calls.size,
      ...counts,
      aloneCalls: calls.alone,
      waitingResults: calls.waiting,
      lostResults: calls.lost,
    }),
  };
}

const SERVICE = {
  streamingVoice: {
    path: STREAMING_VOICE,
    requestStream: true,
    responseStream: true,
    // Read by the session, so that what is unreadable costs one message and not the stream.
    requestSerialize: asTheyAre,
    requestDeserialize: asTheyAre,
    responseSerialize: asTheyAre,
    responseDeserialize: asTheyAre,
  },
} as const;

const carried = (sessions: ReadonlySet<LegSession>) =>
  [...sessions].reduce((sum, session) => sum + (session.carries ? 1 : 0), 0);

function bind(server: Server, address: string, tls: VoiceStreamOptions["tls"]): Promise<number> {
  const credentials = tls
    ? ServerCredentials.createSsl(null, [{ cert_chain: tls.certificate, private_key: tls.key }])
    : ServerCredentials.createInsecure();
  return new Promise((resolve, reject) => {
    server.bindAsync(address, credentials, (error, port) => (error ? reject(error) : resolve(port)));
  });
}
