import { termsOf } from "#/lib/knowledge/search/tokens.ts";

/** Questions of one group share at least this much of what they are about (weighted overlap of stems, 0..1). */
const SAME_GROUP = 0.45;

type Weighed = ReadonlyMap<string, number>;
export type QuestionGroup<T> = { members: T[]; terms: Map<string, number>; norm: number };

export type Grouper<T> = {
  groups: QuestionGroup<T>[];
  /** The group that a question would be part of, if there is one. */
  find(text: string): QuestionGroup<T> | undefined;
};

/**
 * Groups questions by similar wording, with the search's own stems: rare words weigh more than those in every
 * question. Each question joins the group closest to it or begins one, so the order decides little; the first of
 * a group is its name.
 */
export function groupQuestions<T>(questions: readonly T[], textOf: (question: T) => string): Grouper<T> {
  const terms = questions.map((question) => new Set(termsOf(textOf(question))));
  const weightOf = rarity(terms);
  const index = new Map<string, Set<QuestionGroup<T>>>();
  const groups: QuestionGroup<T>[] = [];
  const find = (wanted: Weighed) => closest(wanted, index);
  questions.forEach((question, at) => {
    const weighed = weigh(terms[at] ?? new Set(), weightOf);
    if (weighed.size === 0) return;
    const group = find(weighed) ?? begin(groups);
    group.members.push(question);
    grow(group, weighed);
    for (const term of weighed.keys()) indexed(index, term).add(group);
  });
  return { groups, find: (text) => find(weigh(new Set(termsOf(text)), weightOf)) };
}

/** How much a word tells questions apart; a word that nobody has used yet tells most. */
function rarity(all: readonly ReadonlySet<string>[]): (term: string) => number {
  const seen = new Map<string, number>();
  for (const terms of all) for (const term of terms) seen.set(term, (seen.get(term) ?? 0) + 1);
  return (term) => Math.log(1 + (all.length + 1) / (seen.get(term) ?? 1));
}

const weigh = (terms: ReadonlySet<string>, weightOf: (term: string) => number): Weighed =>
  new Map([...terms].map((term) => [term, weightOf(term)]));

function begin<T>(groups: QuestionGroup<T>[]): QuestionGroup<T> {
  const group: QuestionGroup<T> = { members: [], terms: new Map(), norm: 0 };
  groups.push(group);
  return group;
}

function grow<T>(group: QuestionGroup<T>, weighed: Weighed): void {
  for (const [term, weight] of weighed) group.terms.set(term, (group.terms.get(term) ?? 0) + weight);
  group.norm = Math.hypot(...group.terms.values());
}

function closest<T>(weighed: Weighed, index: ReadonlyMap<string, ReadonlySet<QuestionGroup<T>>>) {
  const norm = Math.hypot(...weighed.values());
  const near = new Set<QuestionGroup<T>>();
  for (const term of weighed.keys()) for (const group of index.get(term) ?? []) near.add(group);
  let best: { group: QuestionGroup<T>; score: number } | undefined;
  for (const group of near) {
    let product = 0;
    for (const [term, weight] of weighed) product += weight * (group.terms.get(term) ?? 0);
    const score = product / (norm * group.norm);
    if (score >= SAME_GROUP && score > (best?.score ?? 0)) best = { group, score };
  }
  return best?.group;
}

function indexed<T>(index: Map<string, Set<T>>, term: string): Set<T> {
  const found = index.get(term) ?? new Set<T>();
  index.set(term, found);
  return found;
}
