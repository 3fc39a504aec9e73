/** A conversation as its platform names it; it exists before its first event does. */
export type Place = { tenantId: string; connectionId: string; platformConversationId: string };

/** The only place that names rooms. */
export function conversationRoom(place: Place): string {
  return `t:${place.tenantId}:n:${place.connectionId}:c:${place.platformConversationId}`;
}
