import { type ConversationLine, openLine } from "./conversation-line.ts";
import { readConversation } from "./conversation-shapes.ts";
import type { LineDeps } from "./message-inbox.ts";
import {
  endingOf,
  mergeSnapshot,
  newTracked,
  type Tracked,
  targetOf,
  type WriteTarget,
} from "./tracked-conversation.ts";

const MOST_CONVERSATIONS = 2_000;

type Entry = { tracked: Tracked; line: ConversationLine };

/** The conversations that a feed has heard of, each with its own way out. Bounded: the least lately told of go first. */
export function createKnownConversations(deps: LineDeps, most = MOST_CONVERSATIONS) {
  const entries = new Map<string, Entry>();

  const entryOf = (id: string): Entry => {
    const tracked = newTracked(id);
    const entry = entries.get(id) ?? { tracked, line: openLine(tracked, deps) };
    entries.delete(id);
    entries.set(id, entry);
    for (const [oldest, { line }] of entries) {
      if (entries.size <= most) break;
      if (line.idle() && oldest !== id) entries.delete(oldest);
    }
    return entry;
  };

  return {
    /** Takes in what a topic or a request told of a conversation. */
    apply(topic: string, body: unknown): void {
      const snapshot = readConversation(body);
      if (!snapshot) {
        deps.onUnknown(topic, body);
        return;
      }
      const { tracked, line } = entryOf(snapshot.conversationId);
      line.push(mergeSnapshot(tracked, snapshot));
    },
    /** Those that are not over. */
    open: (): string[] =>
      [...entries].flatMap(([id, { tracked }]) => (endingOf(tracked, deps.scope) ? [] : [id])),
    target(conversationId: string): WriteTarget | undefined {
      const entry = entries.get(conversationId);
      return entry && targetOf(entry.tracked, deps.scope);
    },
  };
}
