import type { SummarySentence } from "#/lib/events/summary.ts";
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

/**
 * A summary in the words that were said: what the customer asked for, what the agent did and which articles
 * helped, what was promised and what is open. Nothing is put into anyone's mouth; every line names who said it.
 */
export function extractSummary({ turns, cards }: Material): DraftedFields {
  const said = saidSentences(turns);
  const customer = said.filter(({ turn }) => turn.speaker === "customer");
  const agent = said.filter(({ turn }) => turn.speaker === "agent");
  const promises = best(said, (each) => promiseScore(each));
  const isPromise = (each: Said) => promises.includes(each);
  const asked = new Set(cards.map(({ eventId }) => eventId));
  const situation = best(
    customer.filter((each) => !isPromise(each)),
    (each) => askScore(each, { first: customer[0], asked }),
  );
  const done = best(
    // One breath may hold both what was done and what is promised; it belongs to both parts then.
    agent.filter((each) => !isPromise(each) || DONE.test(each.text)),
    doneScore,
  );
  return {
    situation: situation.map(quote),
    action: [...usedArticles(cards), ...done.map(quote)],
    nextSteps: [...promises.map(quote), ...openQuestion(said, turns.length)],
  };
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

function promiseScore({ text, turn }: Said): number {
  if (!PROMISES.test(text) || /\?\s*$/.test(text)) return 0;
  return turn.speaker === "agent" ? 2 : 1;
}

function usedArticles(cards: readonly ShownCard[]): SummarySentence[] {
  return cards
    .filter(({ used, titles }) => used && titles.length > 0)
    .slice(0, MOST_SENTENCES)
    .map(({ eventId, question, titles }) => ({
      text: `Answered from ${titles.slice(0, 2).map(quoted).join(" and ")}: ${cut(question)}`,
      evidence: [eventId],
    }));
}

/** What the customer asked last, if no agent has said a word since. */
function openQuestion(said: readonly Said[], turns: number): SummarySentence[] {
  const last = said.findLast(({ turn, text }) => turn.speaker === "customer" && ASKS.test(text));
  const answered = last && said.some(({ turn, at }) => turn.speaker === "agent" && at > last.at);
  if (!last || answered || turns === 0) return [];
  return [{ text: `Open question: ${quoted(last.text)}`, evidence: [last.turn.id] }];
}

const quoted = (text: string) => `“${cut(text)}”`;

function quote({ turn, text }: Said): SummarySentence {
  const who = turn.speaker === "customer" ? "Customer" : "Agent";
  return { text: `${who}: ${quoted(text)}`, evidence: [turn.id] };
}

function cut(text: string): string {
  return text.length <= LONGEST_QUOTE ? text : `${text.slice(0, LONGEST_QUOTE).replace(/\s\S*$/, "")} …`;
}
