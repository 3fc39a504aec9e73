import type { PageOutcome } from "#/drizzle/schema/site-pages.ts";
import type { SearchParams } from "../document-filter.ts";

export const PAGE_OUTCOMES = ["added", "changed", "unchanged", "gone", "skipped", "failed"] as const;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const isOutcome = (word: string): word is PageOutcome | "waiting" =>
  word === "waiting" || (PAGE_OUTCOMES as readonly string[]).includes(word);

/** Which of a site's pages an address asks for; what makes no sense is left out. */
export function parsePageFilter(params: SearchParams): {
  outcomes: (PageOutcome | "waiting")[];
  after: string | undefined;
} {
  const [after] = [params.after ?? []].flat();
  const outcomes = [params.outcome ?? []].flat().filter(isOutcome);
  return { outcomes, after: after !== undefined && UUID.test(after) ? after : undefined };
}
