import { io, type Socket } from "socket.io-client";
import type { ServerToClient } from "#/lib/realtime/contract.ts";
import type { ClientToServer } from "#/lib/realtime/requests.ts";
import type { CatchUp } from "./catch-up.ts";
import type { LinkOptions, LinkState } from "./conversation-link.ts";
import { hasGap } from "./conversation-state.ts";
import { jittered, type NamedTimers } from "./named-timers.ts";
import type { PaintedReport } from "./painted-report.ts";
import { SessionRefused, type TokenKeeper } from "./widget-session.ts";

type LinkSocket = Socket<ServerToClient, ClientToServer>;
type Parts = LinkOptions & {
  socket: LinkSocket;
  catchUp: CatchUp;
  report: PaintedReport;
  timers: NamedTimers;
  state(): LinkState;
  setState(next: LinkState): void;
  isRefused(): boolean;
};

const SYNC_EVERY_MS = 10_000;
const RENEWAL_RETRY_MS = 10_000;
/** Two messages that overtook each other are no gap yet. */
const GAP_PATIENCE_MS = 150;
const SLOWEST_RETURN_MS = 3_000;

export function connectLink(url: string, tokens: TokenKeeper, gate: { refused: boolean }): LinkSocket {
  return io(url, {
    transports: ["websocket"],
    // Sockets of one page to one address would share a connection, and with it the first one's token.
    forceNew: true,
    reconnectionDelay: 300,
    reconnectionDelayMax: SLOWEST_RETURN_MS,
    auth: (give) => {
      tokens.current().then(
        (token) => give({ token }),
        (error: unknown) => {
          gate.refused = error instanceof SessionRefused;
          give({ token: "" });
        },
      );
    },
  });
}

/** Joins, repairs gaps and renews; says how the connection is doing. */
export function keepInStep(parts: Parts): { sync(): void; stop(): void } {
  const { socket, store, timers, catchUp, report, tokens, conversationId } = parts;
  let failures = 0;

  const join = () => {
    if (!socket.connected) return;
    catchUp.run("join").then(
      () => {
        failures = 0;
        parts.setState("live");
        timers.after("sync", jittered(SYNC_EVERY_MS), sync);
      },
      () => timers.after("join", jittered(1_000), join),
    );
  };
  const sync = () => {
    timers.after("sync", jittered(SYNC_EVERY_MS), sync);
    store.dispatch({ type: "tick", now: Date.now() });
    if (socket.connected && parts.state() === "live") catchUp.run("sync").catch(() => {});
  };
  const renew = () => {
    tokens.renewed().then(
      ({ token, nextInMs }) => {
        timers.after("renew", nextInMs, renew);
        if (socket.connected) socket.emit("renew", token, () => {});
      },
      () => timers.after("renew", jittered(RENEWAL_RETRY_MS), renew),
    );
  };
  timers.after("renew", tokens.nextRenewalInMs(), renew);

  socket.on("connect", () => {
    catchUp.forget();
    join();
  });
  socket.on("durable", (message) => {
    if (message.conversationId !== conversationId) return;
    report.received([message]);
    store.dispatch({ type: "durable", messages: [message] });
    if (hasGap(store.state())) timers.after("gap", GAP_PATIENCE_MS, () => hasGap(store.state()) && sync());
  });
  socket.on("ephemeral", (message) => {
    if (message.conversationId === conversationId)
      store.dispatch({ type: "ephemeral", message, now: Date.now() });
  });
  // Socket.IO comes back by itself where the network failed, but not where the server closed or refused.
  socket.on("disconnect", (reason) => {
    parts.setState("lost");
    if (reason === "io server disconnect")
      timers.after("connect", Math.random() * 1_000, () => socket.connect());
  });
  socket.on("connect_error", () => {
    if (parts.isRefused()) return parts.setState("refused");
    if (parts.state() !== "connecting") parts.setState("lost");
    failures += 1;
    const wait = Math.min(500 * 2 ** failures, SLOWEST_RETURN_MS);
    if (!socket.active) timers.after("connect", jittered(wait), () => socket.connect());
  });

  return {
    sync,
    stop: () => {
      timers.close();
      socket.off();
      socket.disconnect();
    },
  };
}
