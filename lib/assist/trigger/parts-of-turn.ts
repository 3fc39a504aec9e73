import type { TurnParts } from "#/lib/knowledge/search/compose-query.ts";
import { type WeighedClause, weighClauses } from "./weightiest-clause.ts";

/**
 * What each part of a turn is for: one part asks, the others tell what it is about. Closing words and manners
 * are neither. An explicit question beats a statement, however grave: people tell first and then ask.
 */
export function partsOfTurn(turn: string): TurnParts {
  const clauses = weighClauses(turn, false);
  const asking = clauses.filter(({ asks, logit }) => asks && logit > 0);
  const marked = asking.filter(({ clause }) => clause.question);
  const question = heaviest([marked, asking].find(({ length }) => length > 0) ?? clauses);
  if (!question) return { question: turn, support: [] };
  const said = ({ clause }: WeighedClause) =>
    turn.slice(clause.start, clause.end).replaceAll(/\s+/g, " ").trim();
  const support = clauses.filter((one) => one !== question && !one.closes).map(said);
  return { question: said(question), support };
}

function heaviest(clauses: readonly WeighedClause[]): WeighedClause | undefined {
  return clauses.toSorted((a, b) => b.logit - a.logit)[0];
}
