/** A stretch of a turn that does one thing, in the form that cues are matched on. */
export type Clause = {
  /** Lower case, fillers and leading courtesies gone, apostrophes dropped ("dont", "id"). */
  text: string;
  /** The person wrote a question mark. */
  question: boolean;
  /** Its place in the turn as it was said. */
  start: number;
  end: number;
};

/** Nobody asks later than this in one breath, and no pattern is run over more. */
const MAX_CHARACTERS = 4_000;
/** Recognized speech has no marks: a stretch this long is cut where a new thought begins. */
const LONG_STRETCH_WORDS = 18;
const NEW_THOUGHT =
  /\s(?=(?:and|but|so|also|because|then|okay|ok)\s+(?:(?:uh|um+|also|then|now)\s+)*(?:i|i'm|i'd|i've|can|could|do|does|did|is|are|what|what's|how|when|where|why|which|would|will|my|the|they|it|you|if)\b)/gi;

const FILLERS = /\b(?:u+h+|u+m+|e+r+m?|a+h+|h+m+|hh|o+h|like i said|you know what|i mean)\b/g;
const COURTESY =
  /^(?:(?:ok(?:ay)?|yes|yeah|yep|yup|no|nope|sure|great|awesome|perfect|excellent|cool|fine|good|nice|right|alright|all right|got it|sounds good|sound good|that works|thats fine|thats great|thats good|that is fine|wonderful|super|so|well|and|but|also|then|now|actually|hi|hello|hey|there|thanks?(?: you)?(?: so much| very much| a lot)?|please|sorry|excuse me|first|one (?:last|more|final|other) (?:thing|question|consideration)|last question|by the way|before (?:that|i book|we book|you do that|doing that)|just|wait|oh|i see|thats|that) )+/;

export function clausesOf(turn: string): Clause[] {
  const clauses: Clause[] = [];
  for (const match of turn.slice(0, MAX_CHARACTERS).matchAll(/[^.?!;\n]+[.?!;\n]*/g)) {
    const question = match[0].includes("?");
    let start = match.index;
    for (const part of partsOf(match[0])) {
      const text = plain(part);
      if (text !== "") clauses.push({ text, question, start, end: start + part.length });
      // The split took the one blank before the new thought.
      start += part.length + 1;
    }
  }
  return clauses;
}

/** The words of a turn without fillers. */
export function spokenWords(turn: string): string[] {
  return plainWords(turn.slice(0, MAX_CHARACTERS))
    .split(" ")
    .filter((word) => word !== "");
}

function partsOf(stretch: string): string[] {
  return stretch.split(/\s+/).length > LONG_STRETCH_WORDS ? stretch.split(NEW_THOUGHT) : [stretch];
}

function plain(text: string): string {
  const words = plainWords(text);
  const rest = words.replace(COURTESY, "");
  return rest === "" ? words : rest;
}

function plainWords(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/['’]/g, "")
    .replaceAll(/[^\p{L}\p{N}#]+/gu, " ")
    .replaceAll(FILLERS, " ")
    .replaceAll(/ +/g, " ")
    .trim();
}
