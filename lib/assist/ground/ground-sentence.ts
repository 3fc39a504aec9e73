import { termsOf, wordsOf } from "#/lib/knowledge/search/tokens.ts";
import {
  type Evidence,
  type EvidenceSentence,
  evidenceOf,
  type GroundPassage,
  type Span,
} from "./evidence.ts";
import { addressesOf, calendarWordsOf, figuresOf } from "./facts.ts";
import { contradicts } from "./polarity.ts";

export type Grounded =
  | { kept: true; text: string; spans: Span[] }
  | { kept: false; text: string; reason: string };

/** Share of a sentence's information that its evidence must hold; the rest is wording. */
const MIN_SUPPORT = 0.7;
/** A sentence put together from more places than this is no longer what any of them says. */
const MAX_SPANS = 2;
const MIN_GAIN = 0.15;

/** Words that guide the listener and claim nothing. */
const DISCOURSE =
  /\b(?:unfortunately|fortunately|certainly|absolutely|simply|additionally|therefore|moreover|furthermore|regarding|currently|sorry|note that|of course|according to|based on|the (?:article|source|passage|document)s? (?:says?|states?))\b/gi;

/**
 * Ties one drafted sentence to the sentences of stored passages that say the same. Figures, dates, links and
 * negations must match exactly; anything doubtful is withheld, because an agent reads it out as true.
 */
export function groundSentence(draft: string, passages: readonly GroundPassage[]): Grounded {
  const text = draft.trim();
  const withheld = (reason: string): Grounded => ({ kept: false, text, reason });
  const evidence = evidenceOf(passages);
  const terms = [...new Set(termsOf(text.replaceAll(DISCOURSE, " ")))];
  if (terms.length === 0) return withheld("says nothing that a source could support");
  if (text.endsWith("?")) return withheld("asks instead of answering");

  const { chosen, support } = chooseEvidence(terms, evidence);
  if (support < MIN_SUPPORT) return withheld("is not in the sources");
  const sources = chosen.map((sentence) => sentence.text);
  const mismatch = mismatchOf(text, sources, evidence);
  if (mismatch) return withheld(mismatch);
  return { kept: true, text, spans: chosen.map(({ chunkId, start, end }) => ({ chunkId, start, end })) };
}

/** Adds the evidence sentence that explains most of what is unexplained, while it explains enough. */
function chooseEvidence(terms: readonly string[], evidence: Evidence) {
  const total = sum(terms, evidence);
  const open = new Set(terms.filter((term) => !evidence.titleTerms.has(term)));
  const own = sum(open, evidence) || total;
  if (open.size === 0) for (const term of terms) open.add(term);
  const chosen: EvidenceSentence[] = [];
  let support = 0;
  while (chosen.length < MAX_SPANS) {
    const best = mostExplaining(open, evidence);
    if (!best || (chosen.length > 0 && best.gain / own < MIN_GAIN)) break;
    chosen.push(best.sentence);
    support += best.gain / own;
    for (const term of best.sentence.terms) open.delete(term);
  }
  return { chosen, support };
}

function mostExplaining(open: ReadonlySet<string>, evidence: Evidence) {
  let best: { sentence: EvidenceSentence; gain: number } | undefined;
  for (const sentence of evidence.sentences) {
    const gain = sum(
      [...open].filter((term) => sentence.terms.has(term)),
      evidence,
    );
    if (gain > (best?.gain ?? 0)) best = { sentence, gain };
  }
  return best;
}

function mismatchOf(text: string, sources: readonly string[], evidence: Evidence): string | undefined {
  const source = sources.join(" ");
  const addresses = new Set(addressesOf(evidence.text));
  if (!addressesOf(text).every((address) => addresses.has(address)))
    return "a link or contact is not in the source";
  const figures = figuresOf(source);
  const hasFigure = (value: string, unit: string | undefined) =>
    figures.some((figure) => figure.value === value && (unit === undefined || figure.unit === unit));
  if (!figuresOf(text).every(({ value, unit }) => hasFigure(value, unit))) {
    return "a number or amount is not in the source";
  }
  const calendar = calendarWordsOf(source);
  if (![...calendarWordsOf(text)].every((word) => calendar.has(word))) return "a date is not in the source";
  if (!namesOf(text).every((name) => evidence.words.has(name))) return "a name is not in the source";
  if (contradicts(text, sources)) return "it says the opposite of the source";
  return undefined;
}

/** Capitalized words that do not open the sentence. */
function namesOf(text: string): string[] {
  return Array.from(text.matchAll(/(?<=[\p{L}\p{N},]\s+)\p{Lu}[\p{L}\p{N}]+/gu), ([name]) => name)
    .filter((name) => !/^(?:I|You|Your|The)$/.test(name))
    .flatMap(wordsOf);
}

function sum(terms: Iterable<string>, evidence: Evidence): number {
  let total = 0;
  for (const term of terms) total += evidence.weight(term);
  return total;
}
