import type { Log } from "#/lib/kernel/log.ts";
import type { DurableMessage } from "#/lib/realtime/contract.ts";
import type { AgentPublisher, Publisher } from "#/lib/realtime/publisher.ts";
import type { Place } from "#/lib/realtime/rooms.ts";
import { type AgentDirectory, followOf } from "./agent-directory.ts";

/**
 * A publisher that also tells the directory and the agent's own widgets whose conversation it is: every change of a
 * session passes here, whatever platform it is of. What is lost here comes again when a widget asks.
 */
export function noticingAgents<P extends Publisher & AgentPublisher>(
  publisher: P,
  directory: AgentDirectory,
  log: Log,
): P {
  const notice = async (place: Place, { body }: DurableMessage) => {
    if (body.kind !== "session" || !body.agent) return;
    const { tenantId, connectionId, platformConversationId: conversationId } = place;
    const { agent, channel, queue, language } = body;
    const known = { conversationId, agentId: agent.id, channel, queue, language };
    const over = body.state === "ended";
    const concerned = await directory.observe(place, { ...known, ended: over });
    for (const agentId of concerned) {
      const names = await directory.namesOf(place, agentId);
      const rooms = names.map((agentName) => ({ tenantId, connectionId, agentName }));
      publisher.follow(rooms, followOf({ ...known, agentId }, over || agentId !== agent.id));
    }
  };
  return {
    ...publisher,
    durable: (place, message) => {
      publisher.durable(place, message);
      notice(place, message).catch((err: unknown) => log.warn({ err }, "agent directory not told"));
    },
  };
}
