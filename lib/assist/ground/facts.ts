/** A figure as it must be found again: its value and, where it has one, its unit. */
export type Figure = { value: string; unit: string | undefined };

const SMALL = [
  "zero",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
  "thirteen",
  "fourteen",
  "fifteen",
  "sixteen",
  "seventeen",
  "eighteen",
  "nineteen",
  "twenty",
];
const WORD_VALUES = new Map<string, string>([
  ...SMALL.map((word, value): [string, string] => [word, String(value)]),
  ["thirty", "30"],
  ["forty", "40"],
  ["fifty", "50"],
  ["sixty", "60"],
  ["ninety", "90"],
  ["hundred", "100"],
  ["thousand", "1000"],
  ["twice", "2"],
  ["first", "1"],
  ["second", "2"],
  ["third", "3"],
  ["fourth", "4"],
]);

/** Units that change what a number means; other words after a number may be worded differently. */
const UNITS: readonly [unit: string, pattern: RegExp][] = [
  ["%", /^(?:%|percent|per cent|pct)/],
  ["EUR", /^(?:€|eur|euros?)\b|^€/],
  ["USD", /^(?:\$|usd|dollars?|bucks)\b|^\$/],
  ["GBP", /^(?:£|gbp|pounds?|quid)\b|^£/],
  ["cent", /^(?:cents?|pence|p)\b/],
  ["second", /^(?:seconds?|secs?)\b/],
  ["minute", /^(?:minutes?|mins?)\b/],
  ["hour", /^(?:hours?|hrs?|h)\b/],
  ["workday", /^(?:working|business|work|week) ?days?\b/],
  ["day", /^(?:calendar )?days?\b/],
  ["week", /^weeks?\b/],
  ["month", /^(?:calendar )?months?\b/],
  ["year", /^(?:years?|yrs?)\b/],
  ["am", /^(?:a\.?m\.?)(?:\W|$)/],
  ["pm", /^(?:p\.?m\.?)(?:\W|$)/],
  ["gb", /^(?:gb|gigabytes?)\b/],
  ["mb", /^(?:mb|megabytes?)\b/],
  ["mbps", /^(?:mbps|mbit)/],
  ["kg", /^(?:kg|kilograms?|kilos?)\b/],
  ["cm", /^(?:cm|centimet(?:er|re)s?)\b/],
  ["km", /^(?:km|kilomet(?:er|re)s?)\b/],
];
const MONTHS = "january february march april may june july august september october november december".split(
  " ",
);
const WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split(" ");

const NUMBER = /([€$£]|\b(?:eur|usd|gbp)\b)?\s?(\d+(?:[.,:]\d+)*)(?:st|nd|rd|th)?|\b([a-z]+)\b/gi;

const PHONE = /\+?\d[\d\s()/-]{6,}\d/g;

/** Every number, spelled or in digits, with its unit; "one" and "second" count only before a unit. */
export function figuresOf(text: string): Figure[] {
  const figures: Figure[] = [];
  // The groups of a telephone number measure nothing: "+49 30" must not vouch for "49 days".
  const measured = text.toLowerCase().replaceAll(PHONE, (phone) => " ".repeat(phone.length));
  for (const match of measured.matchAll(NUMBER)) {
    const [, currency, digits, word = ""] = match;
    const after = measured.slice(match.index + match[0].length).replace(/^[\s-]+/, "");
    const unit = unitAt(currency ?? "") ?? unitAt(after);
    if (digits !== undefined) figures.push({ value: normalNumber(digits), unit });
    else if (WORD_VALUES.has(word) && (unit !== undefined || !/^(?:one|first|second|third)$/.test(word))) {
      figures.push({ value: WORD_VALUES.get(word) ?? word, unit });
    }
  }
  return figures;
}

function unitAt(text: string): string | undefined {
  return UNITS.find(([, pattern]) => pattern.test(text))?.[0];
}

/** "1,000.50", "1.000,50" and "1000.5" are one number; "5:30" stays a time. */
function normalNumber(digits: string): string {
  if (digits.includes(":")) return digits;
  const decimal = /[.,](\d{1,2})$/.exec(digits);
  const whole = (decimal ? digits.slice(0, decimal.index) : digits).replaceAll(/[.,]/g, "");
  return String(Number(decimal ? `${whole}.${decimal[1]}` : whole));
}

/** Months and weekdays; "may" the verb is left out unless a number stands beside it. */
export function calendarWordsOf(text: string): Set<string> {
  const lower = text.toLowerCase();
  const found = [...MONTHS, ...WEEKDAYS].filter((name) =>
    name === "may"
      ? /\bmay \d|\d(?:st|nd|rd|th)? (?:of )?may\b|\b(?:in|until|since) may\b/.test(lower)
      : new RegExp(`\\b${name}s?\\b`).test(lower),
  );
  return new Set(found);
}

/** Addresses a person could follow: links, e-mail addresses and telephone numbers. */
export function addressesOf(text: string): string[] {
  const links =
    text.match(
      /\bhttps?:\/\/[^\s)>\]"']+|\bwww\.[^\s)>\]"']+|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|io|eu|de|uk|co|app|dev|example)\b(?:\/[^\s)>\]"']*)?/gi,
    ) ?? [];
  const mails = text.match(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g) ?? [];
  const phones = text.match(PHONE) ?? [];
  return [...links, ...mails]
    .map((one) => one.replace(/[.,;:!?]+$/, "").toLowerCase())
    .concat(phones.map((one) => one.replaceAll(/\D/g, "")));
}
