import * as z from "zod";

/** What one text frame of a notification socket says (contract section 4). */
export type ChannelFrame =
  /** A heartbeat, a pong, or an answer to something we said. */
  | { kind: "alive" }
  /** The socket ends within a minute; the channel and its topics stay. */
  | { kind: "closing" }
  /** Another connection has taken the channel over, its token is dead, or it is gone. */
  | { kind: "lost"; why: "taken" | "revoked" | "gone" }
  | { kind: "event"; topic: string; body: unknown }
  | { kind: "unknown"; topic: string; payload: unknown };

const eventSchema = z.object({ topicName: z.string().min(1).max(300), eventBody: z.unknown() });
const replySchema = z.object({ result: z.union([z.string(), z.number()]), status: z.string().optional() });

export const PING = JSON.stringify({ message: "ping" });

export function readFrame(data: unknown): ChannelFrame {
  const payload = jsonOf(data);
  const event = eventSchema.safeParse(payload);
  if (event.success) return eventFrame(event.data.topicName, event.data.eventBody);
  const reply = replySchema.safeParse(payload);
  if (!reply.success) return { kind: "unknown", topic: "(no topic)", payload };
  return String(reply.data.result) === "404" ? { kind: "lost", why: "gone" } : { kind: "alive" };
}

function eventFrame(topic: string, body: unknown): ChannelFrame {
  if (topic === "channel.metadata") return { kind: "alive" };
  if (topic === "v2.system.socket_closing") return { kind: "closing" };
  if (topic.startsWith("v2.system.no_longer_subscribed")) return { kind: "lost", why: "taken" };
  if (topic.startsWith("v2.system.token_revoked")) return { kind: "lost", why: "revoked" };
  return { kind: "event", topic, body };
}

function jsonOf(data: unknown): unknown {
  if (typeof data !== "string") return undefined;
  try {
    return JSON.parse(data);
  } catch {
    return data.slice(0, 2_000);
  }
}
