import type { Server } from "node:http";
import { type RawData, WebSocketServer } from "ws";
import * as z from "zod";
import { ApiError } from "./api-error.ts";
import type { Channel, Channels, Connection } from "./channels.ts";
import type { Clock } from "./clock.ts";
import type { Random } from "./random.ts";
import type { Settings } from "./settings.ts";
import type { Tokens } from "./tokens.ts";

type Deps = { clock: Clock; random: Random; settings: Settings; channels: Channels; tokens: Tokens };

const PATH = /^\/channels\/(?<id>[\w-]+)$/;

const clientMessageSchema = z.object({
  message: z.string(),
  topics: z.array(z.string()).default([]),
  correlationId: z.string().optional(),
});

/** The streaming side: one websocket a channel, heartbeats, pings, and subscriptions over the socket. */
export function attachChannelSockets(server: Server, deps: Deps): { close(): void } {
  // the library's own pong would betray a half-open socket as alive
  const sockets = new WebSocketServer({ noServer: true, autoPong: false });
  server.on("upgrade", (request, stream, head) => {
    const id = PATH.exec(new URL(request.url ?? "/", "http://localhost").pathname)?.groups?.id;
    const channel = id && deps.channels.peek(id);
    if (!channel) {
      stream.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    sockets.handleUpgrade(request, stream, head, (socket) => connect(channel, { socket, mute: false }, deps));
  });
  return {
    close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}

function connect(channel: Channel, connection: Connection, deps: Deps): void {
  const { socket } = connection;
  const previous = channel.connection;
  channel.connection = connection;
  deps.channels.touch(channel);
  if (previous) {
    say(
      previous,
      systemMessage(`v2.system.no_longer_subscribed.${channel.id}`, channel, "connection replaced"),
    );
    previous.socket.close(1000, "replaced");
  }
  let stopHeartbeat = () => {};
  const beat = () => {
    stopHeartbeat = deps.clock.after(deps.settings.heartbeatMs, () => {
      say(connection, { topicName: "channel.metadata", eventBody: { message: "WebSocket Heartbeat" } });
      beat();
    });
  };
  beat();
  socket.on("ping", (payload) => {
    if (!connection.mute) socket.pong(payload);
  });
  socket.on("message", (payload) => {
    if (!connection.mute) say(connection, answer(channel, payload, deps));
  });
  socket.on("error", () => socket.terminate());
  socket.on("close", () => {
    stopHeartbeat();
    if (channel.connection === connection) channel.connection = undefined;
  });
}

export function say(connection: Connection, frame: object): void {
  if (connection.mute || connection.socket.readyState !== connection.socket.OPEN) return;
  connection.socket.send(JSON.stringify(frame));
}

/** The platform's own notices about a channel (contract, section 4). */
export function systemMessage(topicName: string, channel: Channel, reason: string): object {
  const { token } = channel;
  return {
    topicName,
    version: "2",
    eventBody: {
      channelId: channel.id,
      systemTopicType: topicName.split(".")[2],
      organizationId: token.organizationId,
      userId: token.user?.id,
      oauthClientId: token.client.id,
      reason,
      message: reason,
    },
    metadata: {},
  };
}

function answer(channel: Channel, payload: RawData, { channels, tokens }: Deps): object {
  const parsed = clientMessageSchema.safeParse(readJson(payload));
  if (!parsed.success) return { result: "400", status: "error", message: "The message is not understood." };
  const { message, topics, correlationId } = parsed.data;
  const reply = (result: string, status: string, more: object = {}) => ({
    result,
    status,
    ...(correlationId && { correlationId }),
    ...more,
  });
  if (message === "ping") return { topicName: "channel.metadata", eventBody: { message: "pong" } };
  if (!channels.peek(channel.id) || !tokens.alive(channel.token)) return reply("404", "error");
  const listed = () => ({ topics: channel.subscriptions.map(({ id }) => id) });
  if (message === "subscriptions") return reply("200", "subscriptions", listed());
  if (message === "unsubscribe") {
    channel.subscriptions = channel.subscriptions.filter(({ id }) => !topics.includes(id));
    return reply("200", "unsubscribed", listed());
  }
  if (message !== "subscribe") return reply("400", "error");
  try {
    channels.subscribe(channel, topics, { replace: false, ignoreErrors: false });
    return reply("200", "subscribed", listed());
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return reply("400", "failure", { message: error.message });
  }
}

function readJson(payload: RawData): unknown {
  try {
    return JSON.parse(String(payload));
  } catch {
    return undefined;
  }
}
