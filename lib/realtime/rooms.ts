/** The only place that names rooms. A conversation's room exists before its first event does. */
export function conversationRoom(place: {
  tenantId: string;
  connectionId: string;
  platformConversationId: string;
}): string {
  return `t:${place.tenantId}:n:${place.connectionId}:c:${place.platformConversationId}`;
}
