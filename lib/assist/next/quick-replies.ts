import type { Sentence } from "#/lib/events/suggestion.ts";

const MOST = 3;
const LEAST_CHARACTERS = 20;
/** What a customer reads in one go, and an agent in a glance. */
const LONGEST = 180;

/** Leans on the sentence before it: alone it would say nothing, or something else. */
const LEANS =
  /^(?:it|its|this|that|these|those|they|them|their|he|she|there|then|so|but|and|or|otherwise|however|also|instead|in (?:this|that) case|if (?:so|not)|es|dies|diese[rs]?|das|sie|dann|aber|und|sonst|außerdem|esto|esa?|estos|entonces|pero|además|cela|ceci|ils|elles|alors|mais|sinon|isto|isso|eles|então|mas|além)\b/i;
const LIST_LINE = /^(?:[-*•]|\d{1,2}[.)])\s|\n/;
const ENDS = /[.!?…]["”»)]?$/;

/**
 * The sentences of a grounded answer that can be sent by themselves. Nothing is written for it: each is letter by
 * letter what the sources, or the gate that a model's sentences pass, have let stand in the card, with its sources.
 */
export function quickReplies(sentences: readonly Sentence[]): Sentence[] {
  const replies = sentences.filter(({ text, citations }, at) => {
    const plain = text.trim();
    const fits = plain.length >= LEAST_CHARACTERS && plain.length <= LONGEST;
    return (
      fits &&
      citations.length > 0 &&
      ENDS.test(plain) &&
      !LIST_LINE.test(plain) &&
      !(at > 0 && LEANS.test(plain))
    );
  });
  // The whole answer can be sent as it is: a piece that is all of it would be the same again.
  return sentences.length < 2 ? [] : replies.slice(0, MOST);
}
