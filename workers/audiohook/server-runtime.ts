import { WebSocketServer } from "ws";
import { memoryNonceCache, type NonceCache } from "#/lib/audiohook/nonce-cache.ts";
import { type Clock, systemClock } from "#/lib/kernel/clock.ts";
import type { Log } from "#/lib/kernel/log.ts";
import type { SpeechEngine } from "#/lib/stt/speech-engine.ts";
import { CallRegistry } from "./call-registry.ts";
import { Measurements } from "./measurements.ts";
import type { CallSink, EngineFor, FindConnection } from "./ports.ts";
import type { SocketDeps, SocketSession } from "./socket-session.ts";
import { TIMINGS, type Timings } from "./timings.ts";
import type { GateDeps } from "./upgrade-gate.ts";

/** The platform's own limit is 64,000 bytes; its sample client goes to 65,535. */
const LARGEST_FRAME_BYTES = 65_536;

export type AudiohookServerOptions = {
  findConnection: FindConnection;
  /** Hears every call that `engineFor` gives to no other. */
  engine: SpeechEngine;
  engineFor?: EngineFor;
  sink: CallSink;
  log: Log;
  /** Shared by replicas where one is to notice what another has seen; per process by default. */
  nonces?: NonceCache;
  authorityOverride?: string | undefined;
  trustProxy?: boolean | undefined;
  /** Whether what this process needs can be reached; part of `/readyz`. */
  ready?: () => boolean | Promise<boolean>;
  clock?: Clock;
  timings?: Partial<Timings>;
};

/** What the parts of one server share. */
export type Runtime = SocketDeps & {
  engine: SpeechEngine;
  gate: GateDeps;
  wss: WebSocketServer;
  sessions: Set<SocketSession>;
  draining: boolean;
};

export function createRuntime(options: AudiohookServerOptions): Runtime {
  const { log, sink, engine, findConnection, authorityOverride, trustProxy } = options;
  const { engineFor = async () => engine } = options;
  const { clock = systemClock, nonces = memoryNonceCache() } = options;
  const timings = { ...TIMINGS, ...options.timings };
  const measurements = new Measurements();
  const registry = new CallRegistry({ sink, log, retryMs: timings.retryMs }, (lost) => {
    measurements.lostResults += lost;
  });
  const shared = { measurements, timings, clock, log };
  return {
    ...shared,
    engine,
    registry,
    gate: { ...shared, findConnection, engineFor, nonces, authorityOverride, trustProxy },
    wss: new WebSocketServer({
      noServer: true,
      clientTracking: false,
      maxPayload: LARGEST_FRAME_BYTES,
      perMessageDeflate: false,
    }),
    sessions: new Set(),
    draining: false,
  };
}
