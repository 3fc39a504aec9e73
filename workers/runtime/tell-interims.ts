import type { InterimWords } from "#/lib/connectors/interim-words.ts";
import type { Publisher } from "#/lib/realtime/publisher.ts";

/** Older than this they are of a backlog, and the sentence has long been said. */
const FRESH_MS = 10_000;
const MOST_KEPT = 5_000;

/**
 * Shows a platform's interim words in the widgets of their conversation. A platform that promises no order may bring
 * earlier words later: of one sentence only what was published after the last shown is.
 */
export function tellInterims(publisher: Pick<Publisher, "ephemeral">, now: () => number = Date.now) {
  const shown = new Map<string, number>();
  return (
    { tenantId, connectionId }: { tenantId: string; connectionId: string },
    { conversationId, utteranceId, speaker, text, at = now() }: InterimWords,
  ): void => {
    const key = `${connectionId}/${conversationId}/${utteranceId}`;
    if (now() - at > FRESH_MS || at < (shown.get(key) ?? 0)) return;
    if (shown.size >= MOST_KEPT) shown.clear();
    shown.set(key, at);
    const place = { tenantId, connectionId, platformConversationId: conversationId };
    publisher.ephemeral(place, { kind: "interim", conversationId, utteranceId, speaker, text });
  };
}
