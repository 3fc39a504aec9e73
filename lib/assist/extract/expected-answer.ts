import { LIST_ITEM } from "./blocks.ts";

/** What a question's wording says its answer must hold. */
export type ExpectedAnswer = "time" | "amount" | "count" | "step" | "cause" | "leave";

/** The first that fits: "when is the fee due" asks for a day, whatever the fee. */
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
    /\bhow (?:do|can|should|would|could|to)\b|\bhow does one\b|\bwhere\b|\bwhat (?:do|should|must|can) (?:i|we) (?:\w+ )?do\b|\bwhat are the steps\b/i,
  ],
  ["cause", /\bwhy\b|\bhow come\b|\bwhat(?:'s| is| are)? (?:the )?(?:reasons?|causes?|caus(?:es|ing))\b/i],
  [
    "leave",
    /\b(?:can|may|could|must|should|am|are|do|does|is|will|would) (?:i|we|you|my|it|there|someone|somebody|he|she|they)\b/i,
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
  cause: /\b(?:because|reasons?|due to|means?|caused?|causes|as a result|therefore)\b/i,
  leave: /\b(?:can|cannot|may|must|only|possible|allowed|not|need|needs|yes|no)\b/i,
};

const HEADINGS: Record<ExpectedAnswer, RegExp> = {
  time: /\b(?:when|times?|how long|dates?|hours|notice|limit|expiry|cycle|period)\b/i,
  amount: /\b(?:costs?|fees?|prices?|how much|charges?|discount)\b/i,
  count: /\b(?:how many|limits?|what it is)\b/i,
  step: /\b(?:how|where|what to do|steps?|setting|turning|switching|getting|changing|by yourself|using|adding|booking|reporting|opening)\b/i,
  cause: /\b(?:why|causes?|reasons?|difference)\b/i,
  leave: /\b(?:who|what can|conditions?|rule|excluded|when|covered)\b/i,
};

/** Steps are told as orders: "Open the app". */
const ORDER =
  /^(?:add|answer|ask|back|bring|call|change|check|choose|click|connect|contact|download|enter|fill|forward|go|hold|insert|keep|leave|lock|log|look|open|order|pair|place|press|put|register|remove|report|reset|restart|scan|select|send|set|show|sign|start|switch|take|tap|tell|text|turn|type|unplug|use|visit|wait|write)\b/i;

export function expectedAnswer(question: string): ExpectedAnswer | undefined {
  return ASKED.find(([, wording]) => wording.test(question))?.[0];
}

export function holds(text: string, expected: ExpectedAnswer): boolean {
  if (HELD[expected].test(text)) return true;
  return expected === "step" && ORDER.test(text.replace(LIST_ITEM, ""));
}

export function headingPromises(heading: string, expected: ExpectedAnswer): boolean {
  return HEADINGS[expected].test(heading);
}
