import * as z from "zod";
import type { Organization } from "#/sandbox/genesys/organization/start-organization.ts";
import type { SharedTime } from "./genesys-feed-clock.ts";
import { AGENT, type Listener, rowOf } from "./genesys-feed-listener.ts";

const AGAIN_MS = 1_000;

const eventSchema = z.object({
  eventBody: z.object({
    id: z.string(),
    participants: z.array(
      z.object({ messages: z.array(z.object({ message: z.object({ id: z.string() }) })) }),
    ),
  }),
});

/**
 * What a listener does that follows the tutorial: a channel, a subscription, a socket, each message id once, and a
 * new channel when the socket closes. It watches for no silence and fetches nothing of what it missed.
 */
export function listenBare(organization: Organization, time: SharedTime): Listener {
  const heard = new Map<string, string[]>();
  const heardAt = new Map<string, number>();
  let closed = false;
  let sockets = 0;

  const call = async (method: string, path: string, body?: unknown) => {
    const token = organization.agentToken(AGENT?.id ?? "").value;
    const answer = await fetch(`${organization.url}/api/v2${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${answer.status}`);
    return (await answer.json()) as Record<string, string>;
  };
  const hear = (data: unknown) => {
    const event = eventSchema.safeParse(JSON.parse(String(data)));
    if (!event.success) return;
    const { id, participants } = event.data.eventBody;
    const known = heard.get(id) ?? [];
    const ids = participants.flatMap(({ messages }) => messages.map(({ message }) => message.id));
    for (const each of ids) if (!heardAt.has(each)) heardAt.set(each, time.clock.now());
    heard.set(id, [...new Set([...known, ...ids])]);
  };
  const again = () => void time.wait(AGAIN_MS).then(() => (closed ? undefined : connect()));
  const connect = async () => {
    try {
      const { id = "", connectUri = "" } = await call("POST", "/notifications/channels");
      const topic = `v2.users.${AGENT?.id}.conversations.messages`;
      await call("PUT", `/notifications/channels/${id}/subscriptions`, [{ id: topic }]);
      const socket = new WebSocket(connectUri);
      socket.addEventListener("open", () => {
        sockets += 1;
      });
      socket.addEventListener("message", ({ data }) => hear(data));
      socket.addEventListener("close", again);
    } catch {
      again();
    }
  };
  void connect();
  return {
    name: "bare",
    close: () => {
      closed = true;
    },
    ready: () => sockets > 0,
    figures: () => ({ sockets }),
    has: () => true,
    heardAt,
    rowOf: (sent) => rowOf(sent, heard),
  };
}
