import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { DisconnectReason, Entity, SessionCounters } from "#/lib/audiohook/session-contract.ts";
import { drain } from "./drain.ts";
import { addCounts, noCounts, type Percentiles } from "./measurements.ts";
import { type AudiohookServerOptions, createRuntime, type Runtime } from "./server-runtime.ts";
import { upgrade } from "./upgrade.ts";

const SILENCE_CHECKS = 8;

/** The levers on a running session. */
export type RunningSession = {
  pause(): void;
  resume(): void;
  sendEntities(entities: readonly Entity[]): void;
  disconnect(reason: DisconnectReason, why?: string): void;
};

export type AudiohookHealth = SessionCounters & {
  draining: boolean;
  sockets: number;
  calls: number;
  /** Milliseconds from `open` to `opened`, of the last thousand. */
  handshakeMs: Percentiles;
  refusedUpgrades: number;
  repeatedNonces: number;
  /** Results that the sink has yet to take, and those given up. */
  waitingResults: number;
  lostResults: number;
  /** Running calls that a tenant's own speech service hears, or is to hear. */
  callsOnServices: number;
};

export type AudiohookServer = {
  listen(port: number, host?: string): Promise<void>;
  readonly port: number;
  /** Refuses new calls, lets running ones end, then ends them properly. Idempotent. */
  drain(): Promise<void>;
  health(): AudiohookHealth;
  /** Undefined when no socket here carries that session. */
  session(connectionId: string, sessionId: string): RunningSession | undefined;
};

/** The door for AudioHook calls: authenticates before the upgrade, then one session a socket. */
export function createAudiohookServer(options: AudiohookServerOptions): AudiohookServer {
  const runtime = createRuntime(options);
  const http = createServer((request, response) => void answer(runtime, options, request, response));
  http.on("upgrade", (request, socket, head) => void upgrade(runtime, { request, socket, head }));
  http.on("error", (error) => options.log.error({ err: error }, "audiohook listener failed"));
  const silence = setInterval(() => endSilent(runtime), runtime.timings.silenceMs / SILENCE_CHECKS);
  silence.unref();
  let drained: Promise<void> | undefined;

  return {
    listen: (port, host = "0.0.0.0") =>
      new Promise((resolve, reject) => {
        http.once("error", reject);
        http.listen(port, host, () => {
          http.off("error", reject);
          resolve();
        });
      }),
    get port() {
      return (http.address() as AddressInfo | null)?.port ?? 0;
    },
    drain() {
      drained ??= drain(runtime, http).finally(() => clearInterval(silence));
      return drained;
    },
    health: () => readHealth(runtime),
    session: (connectionId, sessionId) => findSession(runtime, connectionId, sessionId),
  };
}

async function answer(
  runtime: Runtime,
  { ready, log }: AudiohookServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const reply = (status: number, state: string) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ status: state }));
  const path = request.url?.split("?")[0];
  if (path === "/healthz") return void reply(200, "ok");
  if (path !== "/readyz") return void reply(404, "not found");
  if (runtime.draining) return void reply(503, "draining");
  try {
    const reachable = (await ready?.()) ?? true;
    reply(reachable ? 200 : 503, reachable ? "ok" : "not ready");
  } catch (error) {
    log.warn({ err: error }, "readiness check failed");
    reply(503, "not ready");
  }
}

function endSilent({ sessions, timings }: Runtime): void {
  const oldest = performance.now() - timings.silenceMs;
  for (const session of sessions) if (session.heardAt < oldest) session.terminate();
}

function readHealth({ draining, sessions, registry, measurements, engine }: Runtime): AudiohookHealth {
  const counts = noCounts();
  addCounts(counts, measurements.ended);
  for (const session of sessions) if (!session.counted) addCounts(counts, session.counters);
  return {
    ...counts,
    draining,
    sockets: sessions.size,
    calls: registry.size,
    handshakeMs: measurements.recentHandshakes(),
    refusedUpgrades: measurements.refusedUpgrades,
    repeatedNonces: measurements.repeatedNonces,
    waitingResults: registry.waiting,
    lostResults: measurements.lostResults,
    callsOnServices: [...sessions].filter((session) => session.carries && session.engine !== engine).length,
  };
}

function findSession(runtime: Runtime, connectionId: string, sessionId: string): RunningSession | undefined {
  const wanted = sessionId.toLowerCase();
  const session = [...runtime.sessions].findLast(
    (candidate) => candidate.connectionId === connectionId && candidate.sessionId.toLowerCase() === wanted,
  );
  if (!session) return undefined;
  return {
    pause: () => session.put({ type: "pause" }),
    resume: () => session.put({ type: "resume" }),
    sendEntities: (entities) => session.put({ type: "event", entities }),
    disconnect: (reason, info) => session.put({ type: "disconnect", reason, ...(info && { info }) }),
  };
}
