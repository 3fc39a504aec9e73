const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });
const LONGEST_QUESTION = 200;

/** The last question in what somebody said, or all of it where nothing is asked in so many words. */
export function askedIn(text: string): string {
  const sentences = [...segmenter.segment(text)].map(({ segment }) => segment.trim());
  const asked = sentences.findLast((sentence) => sentence.endsWith("?")) ?? text.trim();
  return asked.length <= LONGEST_QUESTION ? asked : `${asked.slice(0, LONGEST_QUESTION - 1)}…`;
}
