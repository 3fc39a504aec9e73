import type { AnswerView, CardView } from "./conversation-view.ts";

/** What of the answers is on screen, and which one is open. */
export type Reading = { shown: ReadonlySet<string>; openKey?: string; openedAt: number };
export const NOTHING_READ: Reading = { shown: new Set(), openedAt: 0 };

type Situation = { answers: readonly AnswerView[]; engaged: boolean; now: number };

const LEAST_READING_MS = 3_000;
const LONGEST_READING_MS = 12_000;
/** 240 words a minute. */
const MS_PER_CHARACTER = 42;

/** How long an agent who glances at a card has it to themselves. */
export function readingTimeMs({ question, sentences, draft }: CardView): number {
  const length = sentences.reduce((sum, { text }) => sum + text.length, (draft ?? question).length);
  return Math.min(LONGEST_READING_MS, Math.max(LEAST_READING_MS, length * MS_PER_CHARACTER));
}

/**
 * Takes in what is new. What belongs below the open card comes at once, since it moves nothing; what
 * belongs above it waits while the card is being read, and a new card then opens in its stead.
 */
export function takeIn(reading: Reading, { answers, engaged, now }: Situation): Reading {
  const openAt = answers.findIndex(({ key }) => key === reading.openKey);
  const open = answers[openAt];
  const above = openAt === -1 ? answers : answers.slice(0, openAt);
  const isNew = ({ key }: AnswerView) => !reading.shown.has(key);
  const keep = open?.kind === "card" && (engaged || now - reading.openedAt < readingTimeMs(open));
  if (keep || (open?.kind === "card" && !above.some(isNew))) {
    const below = answers.slice(openAt).filter(isNew);
    if (below.length === 0) return reading;
    return { ...reading, shown: new Set([...reading.shown, ...below.map(({ key }) => key)]) };
  }
  if (openAt !== -1 && !above.some(isNew)) return reading;
  const newest = answers.find((answer) => answer.kind === "card");
  const freshCard = above.find((answer) => answer.kind === "card" && isNew(answer));
  const openKey = (freshCard ?? (open?.kind === "card" ? open : newest))?.key;
  if (openKey === reading.openKey && !answers.some(isNew)) return reading;
  return {
    shown: new Set(answers.map(({ key }) => key)),
    openKey,
    openedAt: openKey === reading.openKey ? reading.openedAt : now,
  };
}

/** What waits above the open card, newest first. */
export function waitingAnswers(reading: Reading, answers: readonly AnswerView[]): AnswerView[] {
  return answers.filter(({ key }) => !reading.shown.has(key));
}
