import { weightiestClause } from "./weightiest-clause.ts";

const MAX_QUOTED_CHARACTERS = 200;

/** The part of a turn that asks, as it was said: what the card quotes and the search embeds. */
export function questionOf(turn: string): string {
  const clause = weightiestClause(turn, false)?.clause;
  const quoted = (clause ? turn.slice(clause.start, clause.end) : turn).replaceAll(/\s+/g, " ").trim();
  if (quoted.length <= MAX_QUOTED_CHARACTERS) return quoted;
  return `${quoted.slice(0, MAX_QUOTED_CHARACTERS).replace(/\s\S*$/, "")}…`;
}
