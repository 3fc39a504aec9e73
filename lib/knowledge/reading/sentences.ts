/** A sentence, list item or table row, with its place in the text it came from. */
export type Sentence = { text: string; start: number; end: number };

/** After these a full stop ends no sentence. */
const ABBREVIATION =
  /(?:^|[\s(])(?:mr|mrs|ms|dr|prof|st|no|nr|inc|ltd|co|corp|vs|etc|approx|dept|est|ext|fig|min|max|incl|excl|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|e\.g|i\.e|a\.m|p\.m|u\.s|u\.k|[a-z])\.$/i;
const BOUNDARY = /[.!?…]+["'”’)\]]*(?=\s)/g;
/** A number, letter or bullet that opens a list item is no sentence of its own. */
const MARKER_ONLY = /^\s*(?:\d{1,3}|[a-z])[.)]$/i;

/**
 * Splits text into the smallest pieces that may stand alone on a card. A line break always ends one,
 * so list items and table rows stay whole up to their own sentences.
 */
export function sentencesOf(text: string): Sentence[] {
  const sentences: Sentence[] = [];
  let lineStart = 0;
  for (const line of text.split("\n")) {
    for (const [from, to] of spansOfLine(line))
      pushTrimmed(sentences, text, lineStart + from, lineStart + to);
    lineStart += line.length + 1;
  }
  return sentences;
}

function spansOfLine(line: string): [number, number][] {
  const spans: [number, number][] = [];
  let start = 0;
  for (const match of line.matchAll(BOUNDARY)) {
    const end = match.index + match[0].length;
    if (!endsSentence(line, start, end, match[0])) continue;
    spans.push([start, end]);
    start = end;
  }
  spans.push([start, line.length]);
  return spans;
}

function endsSentence(line: string, start: number, end: number, mark: string): boolean {
  const sentence = line.slice(start, end);
  if (MARKER_ONLY.test(sentence)) return false;
  if (mark.startsWith(".") && mark.length === 1 && ABBREVIATION.test(sentence)) {
    // "at 5 p.m. Then" ends there; "e.g. Then" and "Mr. Smith" do not.
    return /[ap]\.m\.$/i.test(sentence) && /^\s+[A-Z]/.test(line.slice(end));
  }
  return !/^\s+[a-z]/.test(line.slice(end)) || /[!?]/.test(mark);
}

function pushTrimmed(sentences: Sentence[], text: string, start: number, end: number): void {
  const raw = text.slice(start, end);
  const trimmed = raw.trim();
  if (trimmed === "") return;
  const from = start + raw.indexOf(trimmed);
  sentences.push({ text: trimmed, start: from, end: from + trimmed.length });
}

export function wordCount(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}
