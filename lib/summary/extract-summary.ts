import type { SentenceForm, SummarySentence } from "#/lib/events/summary.ts";
import type { DraftedFields } from "./drafted-fields.ts";
import type { Material, ShownCard } from "./read-material.ts";
import { type Said, saidSentences } from "./said-sentences.ts";

const MOST_SENTENCES = 3;
const LONGEST_QUOTE = 240;

const ASKS = /\?\s*$|^(?:can|could|how|what|when|where|why|who|which|is|are|do|does|did|will|may)\b/i;
const WANTS =
  /\b(?:i (?:want|need|would like|can'?t|cannot|couldn'?t|have(?:n'?t)?|got|was|am|tried)|i'?d like|i'?m|my \w+|doesn'?t|does not|didn'?t|isn'?t|not working|wrong|problem|issue|broken|error|cancel|refund|charged?|lost|missing|late)\b/i;
const DONE =
  /\b(?:i(?:'ve| have)|we(?:'ve| have)|i (?:just )?(?:checked|sent|reset|changed|updated|refunded|cancel+ed|booked|opened|created|activated|removed|credited|ordered|escalated|found|see)|has been|have been|is now|are now|that(?:'s| is) done)\b/i;
const PROMISES =
  /\b(?:i'll|i will|we'll|we will|you'll|you will|going to|it (?:takes|will)|within (?:\d+|a|an|one|two|three|five|ten)|by (?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|call(?:ed)? (?:you )?back|get back to you|let you know|follow(?:ing)? up|send you|e-?mail you|next (?:step|week|month)|in the next)\b/i;

/** What identifies a case: amounts, numbers of orders and accounts, dates, addresses, a name that was given. */
const FACTS: readonly RegExp[] = [
  /(?:[$€£]\s?\d|\d[\d.,]*\s?(?:[$€£]|eur|usd|gbp|euros?|dollars?|pounds?)\b)/i,
  /(?:#|\b(?:no|nr|number|order|ticket|case|invoice|account|customer)\b\W{0,3}(?:is\W{0,2})?)[a-z]{0,4}-?\d{3,}/i,
  /\b[A-Z]{1,5}-?\d{3,}\b|\b\d{5,}\b/,
  /\b\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?\b|\b\d{1,2}:\d{2}\b/,
  /\b(?:january|february|march|april|june|july|august|september|october|november|december|yesterday|last (?:week|month|year))\b/i,
  /\S+@\S+\.\S+/,
  /\bmy (?:full )?name is\b|\bmy (?:address|e-?mail|phone(?: number)?|postcode|zip code) is\b/i,
];
const SETTLED =
  /\b(?:that (?:works?|worked|solve[sd]|helps?|helped|did it)|(?:it|everything)(?:'s| is)? (?:works|working|fixed|resolved|solved|all set)|all set|problem (?:is )?(?:solved|gone))\b/i;

/**
 * A summary in the words that were said: what the customer came for and what is known of it, what the agent did
 * and which articles helped, what came of it or is open. Nothing is put into anyone's mouth; every line names who said it.
 */
export function extractSummary({ turns, cards }: Material): DraftedFields {
  const said = saidSentences(turns);
  const customer = said.filter(({ turn }) => turn.speaker === "customer");
  const agent = said.filter(({ turn }) => turn.speaker === "agent");
  const ends = best(said, outcomeScore);
  const isEnd = (each: Said) => ends.includes(each);
  const asked = new Set(cards.map(({ eventId }) => eventId));
  const reason = best(
    customer.filter((each) => !isEnd(each)),
    (each) => askScore(each, { first: customer[0], asked }),
  );
  const done = best(
    // One breath may hold both what was done and what is promised; it belongs to both parts then.
    agent.filter((each) => !isEnd(each) || DONE.test(each.text)),
    doneScore,
  );
  const told = new Set([...reason, ...done, ...ends]);
  const facts = best(
    said.filter((each) => !told.has(each)),
    factScore,
  );
  return {
    reason: reason.map(quote),
    facts: facts.map(quote),
    actions: [...usedArticles(cards), ...done.map(quote)],
    outcome: [...ends.map(quote), ...openQuestion(said, turns.length)],
  };
}

/** Each kind of fact counts once; the customer's own word for it goes before its repetition. */
function factScore({ text, turn }: Said): number {
  const kinds = FACTS.filter((fact) => fact.test(text)).length;
  return kinds === 0 ? 0 : kinds + (turn.speaker === "customer" ? 0.5 : 0);
}

/** The best few, in the order in which they were said; none that scores nothing, none twice. */
function best(said: readonly Said[], score: (said: Said) => number): Said[] {
  const seen = new Set<string>();
  return said
    .map((each) => ({ each, score: score(each) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score || one.each.at - other.each.at)
    .map(({ each }) => each)
    .filter(({ text }) => {
      const words = text
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, " ")
        .trim();
      const isNew = !seen.has(words);
      seen.add(words);
      return isNew;
    })
    .slice(0, MOST_SENTENCES)
    .sort((one, other) => one.at - other.at);
}

function askScore(each: Said, { first, asked }: { first?: Said; asked: ReadonlySet<string> }): number {
  const cues = (ASKS.test(each.text) ? 2 : 0) + (WANTS.test(each.text) ? 2 : 0);
  const place = (each === first ? 1.5 : 0) + (asked.has(each.turn.id) ? 1.5 : 0);
  return cues + place;
}

/** Whoever speaks another language than these cues are of still has the agent's longest words. */
function doneScore({ text }: Said): number {
  if (/\?\s*$/.test(text)) return 0;
  return (DONE.test(text) ? 3 : 0) + Math.min(1, text.length / 200);
}

function outcomeScore({ text, turn }: Said): number {
  if (/\?\s*$/.test(text)) return 0;
  if (SETTLED.test(text)) return 3;
  if (!PROMISES.test(text)) return 0;
  return turn.speaker === "agent" ? 2 : 1;
}

function usedArticles(cards: readonly ShownCard[]): SummarySentence[] {
  return cards
    .filter(({ used, titles }) => used && titles.length > 0)
    .slice(0, MOST_SENTENCES)
    .map(({ eventId, question, titles }) =>
      sentenceOf({ kind: "answered", titles: titles.slice(0, 2), question: cut(question) }, eventId),
    );
}

/** What the customer asked last, if no agent has said a word since. */
function openQuestion(said: readonly Said[], turns: number): SummarySentence[] {
  const last = said.findLast(({ turn, text }) => turn.speaker === "customer" && ASKS.test(text));
  const answered = last && said.some(({ turn, at }) => turn.speaker === "agent" && at > last.at);
  if (!last || answered || turns === 0) return [];
  return [sentenceOf({ kind: "open", quote: cut(last.text) }, last.turn.id)];
}

const quote = ({ turn, text }: Said) =>
  sentenceOf({ kind: "said", speaker: turn.speaker, quote: cut(text) }, turn.id);

const sentenceOf = (form: SentenceForm, eventId: string): SummarySentence => ({
  text: formWords(form),
  evidence: [eventId],
  form,
});

/** In English, for readers that have no words of their own for a form. */
function formWords(form: SentenceForm): string {
  if (form.kind === "open") return `Open question: “${form.quote}”`;
  if (form.kind === "answered")
    return `Answered from ${form.titles.map((title) => `“${title}”`).join(" and ")}: ${form.question}`;
  return `${form.speaker === "customer" ? "Customer" : "Agent"}: “${form.quote}”`;
}

function cut(text: string): string {
  return text.length <= LONGEST_QUOTE ? text : `${text.slice(0, LONGEST_QUOTE).replace(/\s\S*$/, "")} …`;
}
