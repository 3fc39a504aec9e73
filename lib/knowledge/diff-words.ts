import { diffWordsWithSpace } from "diff";

export type DiffPart = {
  kind: "same" | "added" | "removed";
  text: string;
  /** Stands for this many characters of unchanged text in between. */
  left?: number;
};

/** So much of what did not change is shown around a change. */
const CONTEXT_CHARACTERS = 240;
/** Two texts with nothing in common would be compared for minutes. */
const TIMEOUT_MS = 1_500;

/** What changed between two texts, word by word; long unchanged stretches are left out. */
export function diffWords(before: string, after: string): DiffPart[] {
  const changes = diffWordsWithSpace(before, after, { timeout: TIMEOUT_MS });
  if (!changes) {
    return [
      { kind: "removed", text: before },
      { kind: "added", text: after },
    ];
  }
  return changes.flatMap(({ added, removed, value }, i): DiffPart[] => {
    if (added) return [{ kind: "added", text: value }];
    if (removed) return [{ kind: "removed", text: value }];
    return shortened(value, { isFirst: i === 0, isLast: i === changes.length - 1 });
  });
}

function shortened(text: string, { isFirst, isLast }: { isFirst: boolean; isLast: boolean }): DiffPart[] {
  const head = isFirst ? 0 : CONTEXT_CHARACTERS;
  const tail = isLast ? 0 : CONTEXT_CHARACTERS;
  if (isFirst && isLast) return [{ kind: "same", text }];
  const left = text.length - head - tail;
  if (left <= CONTEXT_CHARACTERS) return [{ kind: "same", text }];
  const parts: DiffPart[] = [
    { kind: "same", text: text.slice(0, head) },
    { kind: "same", text: "", left },
    { kind: "same", text: text.slice(text.length - tail) },
  ];
  return parts.filter((part) => part.text !== "" || part.left !== undefined);
}
