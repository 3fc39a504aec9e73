import * as z from "zod";
import { channelSchema } from "#/lib/events/conversation-event.ts";

/** How a widget that knows its agent, and no conversation yet, is told what the agent has on. */

const LOBBY = "agent/";

/** Stands where a conversation's id would, for a widget that waits for its agent's conversations. */
export const lobbyOf = (agentName: string) => `${LOBBY}${agentName}`.slice(0, 200);

/** The name that a lobby is for; undefined for a conversation. */
export const lobbyAgent = (conversationId: string) =>
  conversationId.startsWith(LOBBY) ? conversationId.slice(LOBBY.length) : undefined;

const name = z.string().trim().min(1).max(200);

/** Everything that the desktop calls its agent by: a user id, a login, an id of the address. The first known one counts. */
export const watchSchema = z.object({ conversationId: name, names: z.array(name).min(1).max(8) });

const named = z.object({ id: z.string(), name: z.string().optional() });

export const followSchema = z.object({
  conversationId: z.string().min(1).max(200),
  agentId: z.string(),
  channel: channelSchema.optional(),
  queue: named.optional(),
  language: z.string().optional(),
  /** Over for this agent. */
  ended: z.boolean().default(false),
});
export type FollowMessage = z.output<typeof followSchema>;

export type WatchAnswer =
  | { ok: true; agentId: string | undefined; conversations: FollowMessage[] }
  | { ok: false; code: string; message: string };

export type AgentClientToServer = {
  watch: (input: z.input<typeof watchSchema>, answer: (result: WatchAnswer) => void) => void;
};
export type AgentServerToClient = { follow: (message: FollowMessage) => void };
