import { createAdapter } from "@socket.io/redis-streams-adapter";
import type { Redis } from "ioredis";
import { Server } from "socket.io";
import type { DurableMessage, EphemeralMessage, ServerToClient } from "./contract.ts";
import { conversationRoom, type Place } from "./rooms.ts";

/** Sends to the widgets of a conversation, whichever realtime node holds them. Loss is repaired by resume. */
export type Publisher = {
  durable(place: Place, message: DurableMessage): void;
  ephemeral(place: Place, message: EphemeralMessage): void;
  close(): Promise<void>;
};

/** A headless Socket.IO server that shares the adapter's stream with the realtime nodes. */
export function createPublisher(redis: Redis): Publisher {
  const server = new Server<Record<string, never>, ServerToClient>({ adapter: createAdapter(redis) });
  const to = (place: Place) => server.to(conversationRoom(place));
  return {
    durable: (place, message) => void to(place).emit("durable", message),
    // While Redis is away the client would keep every command; what is superseded within a second must not pile up.
    ephemeral: (place, message) => {
      if (redis.status === "ready") to(place).volatile.emit("ephemeral", message);
    },
    // Not `server.close()`, which wants the HTTP server that a headless one never had.
    close: async () => {
      await server.of("/").adapter.close();
    },
  };
}
