import type { QueueChoice } from "#/lib/routing/list-choices.ts";

/** More rows than anybody reads, few enough to draw at every key. */
const MOST_SHOWN = 100;

/**
 * Queues that have every typed word in their name or id; names that begin with the text come first. Where nothing
 * has them, the text itself is offered as an id: a list may be old, or hide a division.
 */
export function matchingQueues(
  queues: readonly QueueChoice[],
  typed: string,
): { shown: QueueChoice[]; total: number } {
  const text = typed.trim().toLowerCase();
  const words = text.split(/\s+/);
  const found = queues.filter(({ id, name }) => {
    const known = `${name} ${id}`.toLowerCase();
    return words.every((word) => known.includes(word));
  });
  if (found.length === 0 && text) return { shown: [{ id: typed.trim(), name: typed.trim() }], total: 0 };
  const first = found.filter(({ name }) => name.toLowerCase().startsWith(text));
  const rest = found.filter((queue) => !first.includes(queue));
  return { shown: [...first, ...rest].slice(0, MOST_SHOWN), total: found.length };
}
