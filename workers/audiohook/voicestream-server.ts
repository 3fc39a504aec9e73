import { Server, ServerCredentials } from "@grpc/grpc-js";
import { type Clock, systemClock } from "#/lib/kernel/clock.ts";
import type { Log } from "#/lib/kernel/log.ts";
import { STREAMING_VOICE } from "#/lib/voicestream/wire.ts";
import type { CallSink } from "./ports.ts";
import { settledWithin } from "./timings.ts";
import { VoiceCalls } from "./voicestream-calls.ts";
import { type GateOptions, VoiceGate } from "./voicestream-gate.ts";
import { LegSession, type VoiceStream } from "./voicestream-leg.ts";
import { type Halves, type TellAlone, VOICE_TIMINGS, type VoiceTimings } from "./voicestream-ports.ts";

export type VoiceStreamOptions = GateOptions & {
  sink: CallSink;
  halves: Halves;
  tellAlone: TellAlone;
  log: Log;
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

/** A frame is 20 ms, 320 bytes; nobody needs more than this. */
const LARGEST_MESSAGE_BYTES = 65_536;
/** Streams that have yet to say who they are. */
const MOST_STRANGERS = 1000;
/** How often it is looked for connections that are gone without a word. */
const KEEPALIVE = { "grpc.keepalive_time_ms": 20_000, "grpc.keepalive_timeout_ms": 10_000 };

/** Added to the flush time, whose own timer ends what is left. */
const MARGIN_MS = 1000;

const asTheyAre = (bytes: Buffer) => bytes;

/** The door for Five9's voice stream: a gRPC call for each leg, known by the trust token in its first message. */
export function createVoiceStreamServer(options: VoiceStreamOptions): VoiceStreamServer {
  const { log, tls, clock = systemClock } = options;
  const timings = { ...VOICE_TIMINGS, ...options.timings };
  const calls = new VoiceCalls({ ...options, timings, clock });
  const gate = new VoiceGate(options, calls);
  const sessions = new Set<LegSession>();
  const admit: VoiceGate["admit"] = (config, session) => gate.admit(config, session);
  const server = new Server({ "grpc.max_receive_message_length": LARGEST_MESSAGE_BYTES, ...KEEPALIVE });
  server.addService(SERVICE, {
    streamingVoice: (stream: VoiceStream) => {
      if (sessions.size - gate.heard.size >= MOST_STRANGERS) {
        stream.destroy();
        return;
      }
      const session = new LegSession(stream, { admit, timings, now: clock, log });
      sessions.add(session);
      void session.over.finally(() => sessions.delete(session));
      if (gate.closed) session.put({ type: "reconnect" });
    },
  });
  let drained: Promise<void> | undefined;
  return {
    listen: (port, host = "127.0.0.1") => bind(server, `${host}:${port}`, tls),
    drain: () => {
      drained ??= drain({ server, gate, calls, sessions, timings });
      return drained;
    },
    health: () => ({
      legs: gate.heard.size,
      calls: calls.size,
      refused: gate.refused,
      withoutRoom: gate.withoutRoom,
      aloneCalls: calls.alone,
      waitingResults: calls.waiting,
      lostResults: calls.lost,
    }),
  };
}

type Parts = {
  server: Server;
  gate: VoiceGate;
  calls: VoiceCalls;
  sessions: ReadonlySet<LegSession>;
  timings: VoiceTimings;
};

async function drain({ server, gate, calls, sessions, timings }: Parts): Promise<void> {
  gate.closed = true;
  calls.moving = true;
  for (const session of sessions) session.put({ type: "reconnect" });
  const allOver = () => Promise.all([...sessions].map((session) => session.over));
  if (!(await settledWithin(allOver(), timings.drainMs))) {
    for (const session of sessions) session.put({ type: "gone" });
    await settledWithin(allOver(), timings.flushMs + MARGIN_MS);
  }
  await calls.settle((work) => settledWithin(work, timings.deliveryMs));
  server.forceShutdown();
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

function bind(server: Server, address: string, tls: VoiceStreamOptions["tls"]): Promise<number> {
  const credentials = tls
    ? ServerCredentials.createSsl(null, [{ cert_chain: tls.certificate, private_key: tls.key }])
    : ServerCredentials.createInsecure();
  return new Promise((resolve, reject) => {
    server.bindAsync(address, credentials, (error, port) => (error ? reject(error) : resolve(port)));
  });
}
