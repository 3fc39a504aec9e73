import { createAdapter } from "@socket.io/redis-streams-adapter";
import type { Redis } from "ioredis";
import { Server } from "socket.io";
import type { AgentServerToClient, FollowMessage } from "./agent-contract.ts";
import type { DurableMessage, EphemeralMessage, ServerToClient } from "./contract.ts";
import { type AgentPlace, agentRoom, conversationRoom, type Place } from "./rooms.ts";

/** Sends to the widgets of a conversation, whichever realtime node holds them. Loss is repaired by resume. */
export type Publisher = {
  durable(place: Place, message: DurableMessage): void;
  ephemeral(place: Place, message: EphemeralMessage): void;
  close(): Promise<void>;
};

/** Tells an agent's widgets what the agent has on now; a widget that was away asks when it comes back. */
export type AgentPublisher = { follow(agents: readonly AgentPlace[], message: FollowMessage): void };

/** A headless Socket.IO server that shares the adapter's stream with the realtime nodes. */
export function createPublisher(redis: Redis): Publisher & AgentPublisher {
  const server = new Server<Record<string, never>, ServerToClient & AgentServerToClient>({
    adapter: createAdapter(redis),
  });
  const to = (place: Place) => server.to(conversationRoom(place));
  return {
    durable: (place, message) => void to(place).emit("durable", message),
    // While Redis is away the client would keep every command; what is superseded within a second must not pile up.
    ephemeral: (place, message) => {
      if (redis.status === "ready") to(place).volatile.emit("ephemeral", message);
    },
    // One emit for all rooms: a widget that is in several of them is told once.
    follow: (agents, message) => {
      const rooms = agents.map(agentRoom);
      if (rooms.length > 0) server.to(rooms).emit("follow", message);
    },
    // Not `server.close()`, which wants the HTTP server that a headless one never had.
    close: async () => {
      await server.of("/").adapter.close();
    },
  };
}
