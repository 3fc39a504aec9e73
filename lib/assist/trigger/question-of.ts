import { partsOfTurn } from "./parts-of-turn.ts";

const MAX_QUOTED_CHARACTERS = 200;

/** The part of a turn that asks, as it was said: what the card quotes. */
export function questionOf(turn: string): string {
  const quoted = partsOfTurn(turn).question.replaceAll(/\s+/g, " ").trim();
  if (quoted.length <= MAX_QUOTED_CHARACTERS) return quoted;
  return `${quoted.slice(0, MAX_QUOTED_CHARACTERS).replace(/\s\S*$/, "")}…`;
}
