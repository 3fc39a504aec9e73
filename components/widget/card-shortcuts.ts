import type { CardView, ConversationView } from "./conversation-view.ts";
import type { Opening } from "./suggestion-card.tsx";
import type { useCardWork } from "./use-card-work.ts";

type Work = ReturnType<typeof useCardWork>;

/** The keys of the open card. */
export function cardShortcuts(
  card: CardView | undefined,
  work: Work,
  openSource: (card: CardView, opening: Opening) => void,
) {
  if (!card || card.draft !== undefined) return {};
  const sources = card.sources.map((source) => {
    const spans = card.sentences.flatMap(({ citations }) => citations.filter(({ n }) => n === source.n));
    return [String(source.n), () => openSource(card, { source, spans })] as const;
  });
  return {
    ...Object.fromEntries(sources),
    c: work.onCopy,
    i: work.onInsert,
    s: work.onSend,
    "+": () => work.onVerdict("up"),
    "=": () => work.onVerdict("up"),
    "-": () => work.onVerdict("down"),
  };
}

type Reading = { openKey?: string | undefined; open(key: string | undefined): void; letIn(): void };

/** The keys that go from card to card. */
export function readingShortcuts(view: ConversationView, { openKey, open, letIn }: Reading) {
  return {
    n: letIn,
    j: () => open(neighborOf(view, openKey, 1)),
    k: () => open(neighborOf(view, openKey, -1)),
  };
}

/** The card after (1) or before (-1) the open one; at the ends it stays. */
function neighborOf(
  { answers }: ConversationView,
  openKey: string | undefined,
  step: number,
): string | undefined {
  const cards = answers.filter(({ kind }) => kind === "card");
  const at = cards.findIndex(({ key }) => key === openKey);
  return cards[Math.min(cards.length - 1, Math.max(0, at + step))]?.key;
}
