import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { authenticate, type Refusal } from "#/lib/audiohook/authenticate.ts";
import type { NonceCache } from "#/lib/audiohook/nonce-cache.ts";
import type { SignedRequest } from "#/lib/audiohook/signature.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { Clock } from "#/lib/kernel/clock.ts";
import type { Log } from "#/lib/kernel/log.ts";
import type { Measurements } from "./measurements.ts";
import type { EngineFor, FindConnection } from "./ports.ts";
import type { Caller } from "./socket-session.ts";
import type { Timings } from "./timings.ts";

const PATH = /^\/audiohook\/([A-Za-z0-9_-]{1,100})(?:\?|$)/;
/** More refusals than this at once are an attack, and not worth holding sockets for. */
const MOST_WAITING_REFUSALS = 2000;

export type GateDeps = {
  findConnection: FindConnection;
  engineFor: EngineFor;
  nonces: NonceCache;
  /** What clients sign as the host, when a proxy in between changes it. */
  authorityOverride?: string | undefined;
  /** Believe `X-Forwarded-Host`; only behind a proxy that sets it. */
  trustProxy?: boolean | undefined;
  measurements: Measurements;
  timings: Timings;
  clock: Clock;
  log: Log;
};

function authorityOf(request: IncomingMessage, deps: GateDeps): string {
  if (deps.authorityOverride) return deps.authorityOverride;
  const forwarded = request.headers["x-forwarded-host"];
  const first = (Array.isArray(forwarded) ? forwarded[0] : forwarded)?.split(",")[0]?.trim();
  return (deps.trustProxy && first) || (request.headers.host ?? "");
}

async function within<T>(lookup: Promise<T>, deps: GateDeps): Promise<T> {
  const late = new AbortController();
  const timeout = wait(deps.timings.lookupMs, undefined, { signal: late.signal }).then(() => {
    throw new AppError("upstream_unavailable", "Looking up the connection took too long.");
  });
  try {
    return await Promise.race([lookup, timeout]);
  } finally {
    late.abort();
    timeout.catch(() => undefined);
  }
}

/** Who is calling, or why not; the reason is for our log alone. */
export async function identify(
  request: IncomingMessage,
  deps: GateDeps,
): Promise<Caller | { refusal: Refusal }> {
  const target = request.url ?? "";
  const publicId = PATH.exec(target)?.[1];
  const connection = publicId === undefined ? undefined : await within(deps.findConnection(publicId), deps);
  const signed: SignedRequest = { target, authority: authorityOf(request, deps), headers: request.headers };
  const verdict = await authenticate(signed, connection, { nonces: deps.nonces, nowMs: deps.clock() });
  if (!verdict.ok) return { refusal: verdict.refusal };
  if (!connection) return { refusal: "unknown_connection" };
  if (verdict.repeatedNonce) {
    deps.measurements.repeatedNonces += 1;
    deps.log.warn({ connectionId: connection.connectionId }, "audiohook nonce repeated");
  }
  const engine = await within(deps.engineFor(connection.tenantId), deps);
  return { sessionId: verdict.sessionId, organizationId: verdict.organizationId, connection, engine };
}

const RESPONSES = {
  401: { line: "401 Unauthorized", text: "Unauthorized\n" },
  503: { line: "503 Service Unavailable", text: "Unavailable\n" },
} as const;

/**
 * Ends an upgrade that will not happen. Whatever the cause, a refused one gets the same bytes after the
 * same time, counted from its arrival.
 */
export async function refuse(
  socket: Duplex,
  status: keyof typeof RESPONSES,
  arrivedAt: number,
  { timings, measurements }: Pick<GateDeps, "timings" | "measurements">,
): Promise<void> {
  if (measurements.waitingRefusals >= MOST_WAITING_REFUSALS) {
    socket.destroy();
    return;
  }
  measurements.waitingRefusals += 1;
  await wait(Math.max(0, arrivedAt + timings.refusalMs - performance.now()));
  measurements.waitingRefusals -= 1;
  const { line, text } = RESPONSES[status];
  socket.once("finish", () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${line}\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: ${text.length}\r\n\r\n${text}`,
  );
}
