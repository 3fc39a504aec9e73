import { afterAll, beforeAll, expect, test } from "vitest";
import { extractAnswer } from "#/lib/assist/extract/extract-answer.ts";
import { partsOfTurn } from "#/lib/assist/trigger/parts-of-turn.ts";
import { createEmbedder } from "#/lib/knowledge/embedding/create-embedder.ts";
import type { Embedder } from "#/lib/knowledge/embedding/embedder.ts";
import type { SearchIndex } from "#/lib/knowledge/search/build-index.ts";
import { composeQuery, type Turn } from "#/lib/knowledge/search/compose-query.ts";
import { CARD_THRESHOLD } from "#/lib/knowledge/search/confidence.ts";
import { search } from "#/lib/knowledge/search/search.ts";
import { type AskedSentence, SEEN_SENTENCES } from "./asked-sentences.ts";
import { LATER_SENTENCES } from "./later-sentences.ts";
import { seedIndex } from "./seed-index.ts";

/** A clear majority: single lines may change sides when the weights change, all together may not. */
const MIN_RIGHT_SHARE = 0.8;

let embedder: Embedder;
let index: SearchIndex;

beforeAll(async () => {
  embedder = await createEmbedder();
  index = await seedIndex(embedder);
}, 180_000);

afterAll(async () => {
  await embedder.close();
});

async function cardFor({ before, question }: AskedSentence): Promise<string> {
  const turns: Turn[] = [before ?? [], question].flat().map((text) => ({ speaker: "customer", text }));
  const query = composeQuery(turns, index, partsOfTurn(question));
  const [first, ...others] = await embedder.embed(query.forms);
  const passages = search(index, query, { limit: 5, vectors: first && [first, ...others] }).filter(
    ({ score }) => score >= CARD_THRESHOLD,
  );
  const { answer, reason } = extractAnswer({ index, query, passages, vector: first });
  return answer?.text ?? `(${reason})`;
}

test("the sentences on the card mostly hold what was asked", async () => {
  const asked = [...SEEN_SENTENCES, ...LATER_SENTENCES];
  const cards = await Promise.all(asked.map(cardFor));
  const misses = asked.flatMap(({ question, holds }, i) =>
    cards[i]?.includes(holds) ? [] : [`${question} (${holds}): ${cards[i]}`],
  );
  process.stdout.write(misses.map((miss) => `miss: ${miss}\n`).join(""));
  expect(1 - misses.length / asked.length, misses.join("\n")).toBeGreaterThanOrEqual(MIN_RIGHT_SHARE);
});
