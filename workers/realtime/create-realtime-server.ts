import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { createAdapter } from "@socket.io/redis-streams-adapter";
import { sql } from "drizzle-orm";
import { Server } from "socket.io";
import { createAgentDirectory } from "#/lib/directory/agent-directory.ts";
import type { AgentClientToServer, AgentServerToClient } from "#/lib/realtime/agent-contract.ts";
import type { ServerToClient } from "#/lib/realtime/contract.ts";
import { endPresence, tellPresence } from "#/lib/realtime/presence.ts";
import { recordPainted } from "#/lib/realtime/record-painted.ts";
import type { ClientToServer } from "#/lib/realtime/requests.ts";
import { answerProbe, listen } from "../runtime/probe.ts";
import { createAgentWatch } from "./agent-watch.ts";
import { createPaintedBatch } from "./painted-batch.ts";
import type { RealtimeDeps } from "./realtime-deps.ts";
import { serveWidget } from "./serve-widget.ts";
import type { WidgetSocket } from "./widget-socket.ts";

const LARGEST_MESSAGE_BYTES = 256 * 1024;
const EXPIRY_CHECK_MS = 1_000;
/** For answers that are on their way when draining begins. */
const DRAIN_GRACE_MS = 500;

export type RealtimeServer = {
  port: number;
  /** Tells the health page that this node lives and how many widgets it holds. */
  beat(): Promise<void>;
  /** Sends the widgets to another node and ends once nothing accepted is pending. */
  drain(): Promise<void>;
};

/**
 * The server that widgets connect to. WebSocket only: long polling would need sticky cookies, which frames
 * on other sites do not get. Any origin may connect: a browser attaches nothing of ours by itself, so that
 * the token in the handshake is the whole permission, and who frames the widget is settled by the page's
 * own `frame-ancestors`. Socket.IO's recovery is off; `join` and `sync` repair from Postgres.
 */
export async function createRealtimeServer(
  deps: RealtimeDeps,
  address: { port: number; host?: string },
): Promise<RealtimeServer> {
  const node = randomUUID();
  const http = createServer((request, response) => {
    const checks = { postgres: () => deps.db.execute(sql`select 1`), redis: () => deps.redis.ping() };
    if (!answerProbe(request, response, checks)) response.writeHead(404).end();
  });
  const io = new Server<
    ClientToServer & AgentClientToServer,
    ServerToClient & AgentServerToClient,
    Record<string, never>,
    WidgetSocket["data"]
  >({
    adapter: createAdapter(deps.redis),
    transports: ["websocket"],
    serveClient: false,
    maxHttpBufferSize: LARGEST_MESSAGE_BYTES,
    connectTimeout: 10_000,
    pingInterval: 20_000,
    pingTimeout: 10_000,
  });
  io.attach(http);
  const painted = createPaintedBatch((batch) => recordPainted(deps.db, batch), deps.log);

  io.use((socket, next) => {
    const token: unknown = socket.handshake.auth.token;
    deps.tokens.verify(typeof token === "string" ? token : "").then(
      (verified) => {
        socket.data.token = verified;
        next();
      },
      () => next(new Error("unauthenticated")),
    );
  });
  const agents = createAgentWatch({ ...deps, directory: createAgentDirectory(deps) });
  io.on("connection", (socket) => agents.serve(socket));
  io.on("connection", (socket) => serveWidget(socket, { ...deps, painted }));

  const expiry = setInterval(() => closeExpired(io.of("/").sockets.values(), deps.clock()), EXPIRY_CHECK_MS);
  const port = await listen(http, address.port, address.host);

  return {
    port,
    beat: async () => {
      await tellPresence(deps.redis, node, io.of("/").sockets.size, deps.clock());
      await agents.beat();
    },
    drain: async () => {
      clearInterval(expiry);
      // No new handshakes on this node from here on; those that have begun are cut with the rest.
      http.close();
      io.local.emit("goodbye", "draining");
      await new Promise((resolve) => setTimeout(resolve, DRAIN_GRACE_MS));
      io.local.disconnectSockets(true);
      await painted.flush();
      await endPresence(deps.redis, node).catch(() => {});
      await io.close();
    },
  };
}

/** One sweep a second for all sockets is cheaper than a timer each, and a token's end is not that exact. */
function closeExpired(sockets: Iterable<WidgetSocket>, now: number): void {
  for (const socket of sockets) {
    if (socket.data.token.expiresAt > now) continue;
    socket.emit("goodbye", "token_expired");
    socket.disconnect(true);
  }
}
