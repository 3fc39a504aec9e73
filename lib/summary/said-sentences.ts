import type { Turn } from "./read-material.ts";

/** One sentence of a turn, with where it was said. */
export type Said = { at: number; turn: Turn; text: string };

const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });

/** A pleasantry tells nobody anything a week later. */
const PLEASANTRY =
  /^(?:(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|thanks?(?: you)?(?: (?:so|very) much| a lot)?|thank you|bye|goodbye|ok(?:ay)?|yes|no|sure|great|perfect|alright|you'?re welcome|no problem|have a (?:nice|good|great) (?:day|one|evening|weekend)|(?:how (?:can|may) (?:i|we) help(?: you)?(?: today)?)|my name is \p{L}+|this is \p{L}+|there|sir|madam|please hold|one moment(?: please)?|just a (?:moment|second)|let me (?:see|check)(?: that)?(?: for you)?|is there anything else(?: i can (?:do|help(?: you)? with))?(?: today)?(?: for you)?)[\s,.!?…-]*)+$/iu;
const LEAST_WORDS = 3;

export function saidSentences(turns: readonly Turn[]): Said[] {
  return turns.flatMap((turn, at) =>
    [...segmenter.segment(turn.text)]
      .map(({ segment }) => segment.trim())
      .filter((text) => text !== "" && !PLEASANTRY.test(text) && text.split(/\s+/).length >= LEAST_WORDS)
      .map((text) => ({ at, turn, text })),
  );
}
