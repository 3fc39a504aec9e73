/** A conversation as its platform names it; it exists before its first event does. */
export type Place = { tenantId: string; connectionId: string; platformConversationId: string };

/** The only place that names rooms. */
export function conversationRoom(place: Place): string {
  return `t:${place.tenantId}:n:${place.connectionId}:c:${place.platformConversationId}`;
}

/** An agent of a connection, under one of the names that a desktop or the platform's events have for them. */
export type AgentPlace = { tenantId: string; connectionId: string; agentName: string };

/** Widgets that wait for the conversations of an agent. Names differ by case between a platform's own parts. */
export function agentRoom({ tenantId, connectionId, agentName }: AgentPlace): string {
  return `t:${tenantId}:n:${connectionId}:a:${agentName.toLowerCase()}`;
}
