import { acknowledgement, negativeAcknowledgement, readFrame } from "./frame.ts";
import { type OpenSocket, openWebSocket, type SocketAddress } from "./open-web-socket.ts";
import type { SessionEnd, SessionHandlers, StreamSession } from "./stream-session.ts";

export type WebSocketSessionOptions = {
  address: SocketAddress;
  mode: "reader" | "consumer";
  /** Rejects when the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  openSocket?: OpenSocket;
  pingEveryMs?: number;
  pongWithinMs?: number;
};

/** The broker drops a session after 300 s without traffic, and pings nobody by itself. */
const PING_EVERY_MS = 30_000;
const PONG_WITHIN_MS = 10_000;

/** A session on Pulsar's WebSocket API. A broker that stops answering pings is as good as gone. */
export function openWebSocketSession(
  options: WebSocketSessionOptions,
  handlers: SessionHandlers,
): StreamSession {
  const { address, mode, wait, openSocket = openWebSocket } = options;
  const { pingEveryMs = PING_EVERY_MS, pongWithinMs = PONG_WITHIN_MS } = options;
  const over = new AbortController();
  let pongs = 0;

  const end = (how: SessionEnd) => {
    if (over.signal.aborted) return;
    over.abort();
    handlers.onEnd(how);
  };
  const keepAlive = async () => {
    for (;;) {
      await wait(pingEveryMs, over.signal);
      const before = pongs;
      socket.ping();
      await wait(pongWithinMs, over.signal);
      if (pongs !== before) continue;
      socket.end();
      end({ kind: "lost", detail: "The broker does not answer pings." });
      return;
    }
  };
  const socket = openSocket(address, {
    onOpen: () => {
      handlers.onOpen();
      // Ends with the session, whose end aborts the wait.
      keepAlive().catch(() => {});
    },
    onText: (text) => {
      if (over.signal.aborted) return;
      const frame = readFrame(text);
      if (frame.kind === "message") handlers.onMessage(frame.message);
      else if (frame.kind === "unreadable") handlers.onUnreadable();
    },
    onPong: () => {
      pongs += 1;
    },
    onEnd: end,
  });

  return {
    acknowledge: (id) => socket.send(acknowledgement(id)),
    refuse: (id) => {
      if (mode === "consumer") socket.send(negativeAcknowledgement(id));
    },
    close: () => {
      over.abort();
      socket.end();
    },
  };
}
