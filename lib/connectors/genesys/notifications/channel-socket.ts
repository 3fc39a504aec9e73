import { isAppError } from "#/lib/kernel/app-error.ts";
import type { PlatformAccess } from "../../platform-access.ts";
import { type ChannelFrame, PING, readFrame } from "./channel-frame.ts";

/** What a notification socket must be able to do; the WebSocket of browsers and of Node is one. */
export type FeedSocket = EventTarget & { send(text: string): void; close(): void };
export type OpenSocket = (url: string) => FeedSocket;

/** Why a socket's life is over. `silent`: it looks open and nobody answers. */
export type SocketEnd = "closing" | "closed" | "silent" | "aborted" | "taken" | "revoked" | "gone";

/** Heartbeats come about every 30 s: two of them missing and a margin. */
const QUIET_MS = 65_000;
const PONG_MS = 8_000;
const CONNECT_MS = 10_000;

type Life = {
  url: string;
  openSocket: OpenSocket;
  access: PlatformAccess;
  signal: AbortSignal;
  onOpen(): void;
  onFrame(frame: Extract<ChannelFrame, { kind: "event" | "unknown" }>): void;
};

/**
 * One socket from its opening to its end; resolves with the reason. Rejects only where the address itself may not be
 * opened, with a sentence that says so: the same address would be refused again.
 */
export async function runSocket(life: Life): Promise<SocketEnd> {
  if (life.signal.aborted) return "aborted";
  const socket = tryToOpen(life);
  if (!socket) return "closed";
  const over = Promise.withResolvers<SocketEnd>();
  const watching = new AbortController();
  const heard = { at: life.access.now(), open: false };
  const abort = () => over.resolve("aborted");
  life.signal.addEventListener("abort", abort, { once: true });
  socket.addEventListener("open", () => {
    heard.at = life.access.now();
    heard.open = true;
    life.onOpen();
  });
  socket.addEventListener("message", (event) => {
    heard.at = life.access.now();
    // What a socket says after its end belongs to the one that follows it.
    if (watching.signal.aborted) return;
    const frame = readFrame("data" in event ? event.data : undefined);
    if (frame.kind === "closing") over.resolve("closing");
    else if (frame.kind === "lost") over.resolve(frame.why);
    else if (frame.kind !== "alive") life.onFrame(frame);
  });
  for (const name of ["close", "error"]) socket.addEventListener(name, () => over.resolve("closed"));
  watch(socket, life.access, heard, watching.signal).then(over.resolve, () => {});
  const end = await over.promise;
  watching.abort();
  life.signal.removeEventListener("abort", abort);
  closeQuietly(socket);
  return end;
}

/** A browser throws at once for an address that it will not open. */
function tryToOpen({ openSocket, url }: Life): FeedSocket | undefined {
  try {
    return openSocket(url);
  } catch (error) {
    if (isAppError(error)) throw error;
    return undefined;
  }
}

/** Resolves when nothing was heard for too long and a ping stays without an answer. */
async function watch(
  socket: FeedSocket,
  access: PlatformAccess,
  heard: { at: number; open: boolean },
  signal: AbortSignal,
): Promise<SocketEnd> {
  await access.wait(CONNECT_MS, signal);
  if (!heard.open) return "closed";
  for (;;) {
    const quietMs = access.now() - heard.at;
    if (quietMs < QUIET_MS) {
      await access.wait(QUIET_MS - quietMs, signal);
      continue;
    }
    const askedAt = access.now();
    socket.send(PING);
    await access.wait(PONG_MS, signal);
    if (heard.at < askedAt) return "silent";
  }
}

function closeQuietly(socket: FeedSocket): void {
  try {
    socket.close();
  } catch {
    // it was never open
  }
}
