/** What was taken out, by kind; the inspector shows these counts. */
export type RedactionCounts = Partial<Record<RedactionKind, number>>;
export type RedactionKind = "email" | "card" | "iban" | "phone" | "number";

type Detector = { kind: RedactionKind; pattern: RegExp; holds?: (match: string) => boolean };

/** In this order: a card number is no phone number, and what is left of long digit runs is an account. */
const DETECTORS: readonly Detector[] = [
  { kind: "email", pattern: /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+\.\p{L}{2,}/gu },
  { kind: "iban", pattern: /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b/g },
  { kind: "card", pattern: /\b\d(?:[ -]?\d){12,18}\b/g, holds: passesLuhn },
  { kind: "phone", pattern: /(?<![\w.])\+?\(?\d{1,4}\)?(?:[ .-]\(?\d{2,4}\)?){2,5}\b/g },
  { kind: "number", pattern: /\b\d(?:[ -]?\d){5,}\b/g },
];

const DIGIT_WORD = "(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple)";
/** Speech recognition spells numbers out: five digit words in a row are somebody's number. */
const SPOKEN = new RegExp(`\\b${DIGIT_WORD}(?:[\\s,.-]+${DIGIT_WORD}){4,}\\b`, "gi");

/** Replaces personal data by its kind in brackets (`[card]`). Pure; the same text gives the same result. */
export function redactText(text: string, counts: RedactionCounts = {}): string {
  let redacted = text;
  for (const { kind, pattern, holds } of DETECTORS)
    redacted = redacted.replace(pattern, (match) => (holds && !holds(match) ? match : mark(kind, counts)));
  return redacted.replace(SPOKEN, () => mark("number", counts));
}

/** What is no person's: ids and times keep their digits, or nothing in a payload could be followed. */
const MACHINE_TEXT =
  /^(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d))$/i;

/** The same shape with every string redacted; `counts` grows by what was taken out. */
export function redactPayload(value: unknown, counts: RedactionCounts = {}): unknown {
  if (typeof value === "string") return MACHINE_TEXT.test(value) ? value : redactText(value, counts);
  if (Array.isArray(value)) return value.map((item) => redactPayload(item, counts));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redactPayload(item, counts)]));
}

function mark(kind: RedactionKind, counts: RedactionCounts): string {
  counts[kind] = (counts[kind] ?? 0) + 1;
  return `[${kind}]`;
}

function passesLuhn(match: string): boolean {
  const digits = [...match.replace(/\D/g, "")].reverse().map(Number);
  const sum = digits.reduce((total, digit, index) => {
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
