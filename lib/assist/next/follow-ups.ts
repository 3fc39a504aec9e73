import type { FollowUp, Sentence, Source } from "#/lib/events/suggestion.ts";
import type { FoundPassage } from "../retrieve.ts";

const MOST = 3;
const LONGEST = 100;
/** Of the best passage's confidence: further off, a neighbor is about something else. */
const NEAR = 0.4;

type Answered = { sentences: readonly Sentence[]; sources: readonly Source[] };

/**
 * What an agent may ask to pin the matter down: the headings of what the search found beside the answer. Several
 * passages answer a vague question; which of them is meant, the customer knows. Only headings are used, as they stand.
 */
export function followUps(passages: readonly FoundPassage[], { sentences, sources }: Answered): FollowUp[] {
  const cited = new Set(sentences.flatMap(({ citations }) => citations.map(({ n }) => n)));
  const answering = sources.filter(({ n }) => cited.has(n));
  const seen = new Set(
    passages
      .filter(({ chunkId }) => answering.some((source) => source.chunkId === chunkId))
      .map(({ chunk }) => plain(headingOf(chunk))),
  );
  const near = (passages[0]?.score ?? 0) * NEAR;
  const found: FollowUp[] = [];
  for (const { chunkId, chunk, score } of passages) {
    const text = headingOf(chunk);
    if (score < near || text.length > LONGEST || seen.has(plain(text)) || plain(text) === "") continue;
    seen.add(plain(text));
    found.push({ kind: /\?$/.test(text) ? "question" : "topic", text, chunkId });
  }
  return found.slice(0, MOST);
}

/** The nearest heading, without the marks that a document puts around it. */
function headingOf({ title, headingPath }: { title: string; headingPath: readonly string[] }): string {
  return (headingPath.at(-1) ?? title)
    .replace(/^[#\d.)\s]+/, "")
    .replace(/\s+/g, " ")
    .trim();
}

const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
