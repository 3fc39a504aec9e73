import { termsOf } from "#/lib/knowledge/search/tokens.ts";
import { LIST_ITEM } from "./blocks.ts";

/** What a question's wording says its answer must hold. */
export type ExpectedAnswer = "time" | "amount" | "count" | "step" | "place" | "cause" | "leave";

/** "When is the fee due" asks for a day and "what is the fee when I pay late" for an amount: the first word decides. */
const ASKED: readonly (readonly [ExpectedAnswer, RegExp])[] = [
  [
    "time",
    /\bhow (?:long|soon|early|late|fast|quickly|often)\b|\bwhen\b|\bwhat time\b|\bdeadline\b|\bhow many (?:minutes|hours|days|weeks|months|years|times)\b/i,
  ],
  [
    "amount",
    /\bhow (?:much|high|expensive)\b|\b(?:costs?|price|fees?|charges?) (?:for|of|is|to)\b|\bcosts?\b|\bfor free\b|\bis (?:\S+ ){1,4}free\b|\b(?:is there|what is|what's|are there)\b.{0,30}\b(?:fees?|charges?|price|cost)\b/i,
  ],
  ["count", /\bhow many\b/i],
  [
    "step",
    /\bhow (?:do|can|should|would|could|to)\b|\bhow does one\b|\bwhat (?:do|should|must|can) (?:i|we) (?:\w+ )?do\b|\bwhat are the steps\b/i,
  ],
  ["place", /\bwhere\b/i],
  ["cause", /\bwhy\b|\bhow come\b|\bwhat(?:'s| is| are)? (?:the )?(?:reasons?|causes?|caus(?:es|ing))\b/i],
  [
    "leave",
    /^(?!.*\b(?:what|which|who|whom|whose)\b).*\b(?:can|may|could|must|should|am|are|do|does|is|will|would) (?:i|we|you|my|it|there|someone|somebody|he|she|they)\b/i,
  ],
];

const UNIT = "(?:business )?(?:minutes?|hours?|days?|weeks?|months?|years?)";
const NUMBER = "(?:\\d[\\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|twelve)";

const HELD: Record<ExpectedAnswer, RegExp> = {
  time: new RegExp(
    `\\b${NUMBER}(?: (?:to|or|and) ${NUMBER})?[ -]${UNIT}\\b|\\b\\d{1,2}(?:st|nd|rd|th)\\b|\\b\\d{1,2}(?::\\d\\d)? ?[ap]\\.?m\\b|\\bnoon\\b|\\bmidnight\\b|\\bat (?:once|any time)\\b|\\b(?:same|next) (?:business )?day\\b|\\bnext month\\b|\\bonce (?:a|every|per)\\b|\\bday \\d+|\\bimmediately\\b|\\b(?:january|february|march|april|june|july|august|september|october|november|december) \\d`,
    "i",
  ),
  amount:
    /[$€£]\s?\d|\b\d+(?:\.\d+)? ?(?:%|percent\b|dollars?\b|euros?\b)|\b(?:is|are|free) (?:always )?free\b|\bfree of charge\b|\bfree\b|\bcosts? (?:you )?nothing\b|\bno (?:extra |additional )?(?:cost|charge|fee)/i,
  count: new RegExp(`\\b(?:up to|at most|${NUMBER})\\b`, "i"),
  step: /\S > \S|\btext [A-Z]{2,}|\b[A-Z]{3,}(?: [A-Z]{2,})? to \d{4}|\bin the app\b/,
  place:
    /\S > \S|\btext [A-Z]{2,}|\b(?:in|through|from) the (?:app|link|email|shop|account)\b|\b(?:in|at) (?:a|any|our) \w+|\bby (?:phone|email|post)\b|\w@\w|\w\.\w+\.\w|\bon the \w+ page\b/,
  cause: /\b(?:because|reasons?|due to|means?|caused?|causes|as a result|therefore)\b/i,
  leave: /\b(?:can|cannot|may|must|only|possible|allowed|not|need|needs|yes|no)\b/i,
};

const HEADINGS: Record<ExpectedAnswer, RegExp> = {
  time: /\b(?:when|times?|how long|dates?|hours|notice|limit|expiry|cycle|period)\b/i,
  amount: /\b(?:costs?|fees?|prices?|how much|charges?|discount)\b/i,
  count: /\b(?:how many|limits?|what it is)\b/i,
  step: /\b(?:how|what to do|steps?|setting|turning|switching|getting|changing|by yourself|using|adding|booking|reporting|opening)\b/i,
  place: /\b(?:how|where|setting|turning|switching|getting|checking|reporting|start)\b/i,
  cause: /\b(?:why|causes?|reasons?|difference)\b/i,
  leave: /\b(?:who|what can|conditions?|rule|excluded|when|covered)\b/i,
};

/** Steps are told as orders: "Open the app". */
const ORDER =
  /^(?:add|answer|ask|back|bring|call|change|check|choose|click|connect|contact|download|enter|fill|forward|go|hold|insert|keep|leave|lock|log|look|open|order|pair|place|press|put|register|remove|report|reset|restart|scan|select|send|set|show|sign|start|switch|take|tap|tell|text|turn|type|unplug|use|visit|wait|write)\b/i;

const COUNTED = new RegExp(`\\b${NUMBER}((?: \\S+){1,5})`, "gi");
/** "When is it waived?" asks for a case, not for a day. */
const ASKS_WHICH_CASE = /\bwhen\b.*\b(?:waived?|appl(?:y|ies)|refused|allowed|covered)\b/i;
/** "Moving the due date" is about doing so, not about the date. */
const ACTION_HEADING = /^\w+ing (?:the|an?|your|my|one's) /i;

export function expectedAnswer(question: string): ExpectedAnswer | undefined {
  const found = ASKED.flatMap(([kind, wording]) => {
    const at = question.search(wording);
    return at < 0 ? [] : [{ kind, at: isFirm(kind) ? at : question.length }];
  });
  const expected = found.toSorted((a, b) => a.at - b.at)[0]?.kind;
  return expected === "time" && ASKS_WHICH_CASE.test(question) ? undefined : expected;
}

/** A reason can be told in any words, a price cannot. */
export function isFirm(expected: ExpectedAnswer): boolean {
  return expected !== "cause" && expected !== "leave";
}

export function holds(text: string, expected: ExpectedAnswer, question: string): boolean {
  if (expected === "count") return holdsCount(text, question);
  if (HELD[expected].test(text)) return true;
  return expected === "step" && ORDER.test(text.replace(LIST_ITEM, ""));
}

/** "How many lines" is answered by a number of lines, not of days. */
function holdsCount(text: string, question: string): boolean {
  const [noun] = termsOf(/\bhow many (.*)/i.exec(question)?.[1] ?? "");
  return Array.from(text.matchAll(COUNTED)).some(([, after]) => noun && termsOf(after ?? "").includes(noun));
}

export function headingPromises(heading: string, expected: ExpectedAnswer): boolean {
  if (expected !== "step" && expected !== "place" && ACTION_HEADING.test(heading)) return false;
  return HEADINGS[expected].test(heading);
}

/** Whose steps are of no use out of order; a figure may stand in any line of a list. */
export function asksForOrder(question: string): boolean {
  const expected = expectedAnswer(question);
  return expected !== "time" && expected !== "amount" && expected !== "count";
}
