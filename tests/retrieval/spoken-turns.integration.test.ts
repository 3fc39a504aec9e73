import { afterAll, beforeAll, expect, test } from "vitest";
import { partsOfTurn } from "#/lib/assist/trigger/parts-of-turn.ts";
import { createEmbedder } from "#/lib/knowledge/embedding/create-embedder.ts";
import type { Embedder } from "#/lib/knowledge/embedding/embedder.ts";
import type { SearchIndex } from "#/lib/knowledge/search/build-index.ts";
import { composeQuery, type Turn } from "#/lib/knowledge/search/compose-query.ts";
import { CARD_THRESHOLD } from "#/lib/knowledge/search/confidence.ts";
import { search } from "#/lib/knowledge/search/search.ts";
import { seedIndex } from "./seed-index.ts";
import { SPOKEN_TURNS, type SpokenTurn } from "./spoken-turns.ts";

/** A clear majority: single lines may change sides when the ranking changes, all together may not. */
const MIN_RIGHT_SHARE = 0.7;
const MAX_FALSE_CARDS = 1;

let embedder: Embedder;
let index: SearchIndex;

beforeAll(async () => {
  embedder = await createEmbedder();
  index = await seedIndex(embedder);
}, 180_000);

afterAll(async () => {
  await embedder.close();
});

async function cardFor({ text }: SpokenTurn): Promise<string | undefined> {
  const turns: Turn[] = [
    { speaker: "agent", text: "Is there anything else I can help you with?" },
    { speaker: "customer", text },
  ];
  const query = composeQuery(turns, index, partsOfTurn(text));
  const [first, ...others] = await embedder.embed(query.forms);
  const passages = search(index, query, { limit: 5, vectors: first && [first, ...others] });
  return passages.find(({ score }) => score >= CARD_THRESHOLD)?.documentId;
}

test("turns of several sentences mostly get a card from an article that answers", async () => {
  const answerable = SPOKEN_TURNS.filter(({ articles }) => articles.length > 0);
  const cards = await Promise.all(answerable.map(cardFor));
  const right = cards.filter((card, i) => card && answerable[i]?.articles.includes(card));
  expect(right.length / answerable.length).toBeGreaterThanOrEqual(MIN_RIGHT_SHARE);
});

test("turns of several sentences about other matters get none", async () => {
  const cards = await Promise.all(SPOKEN_TURNS.filter(({ articles }) => articles.length === 0).map(cardFor));
  expect(cards.filter((card) => card !== undefined).length).toBeLessThanOrEqual(MAX_FALSE_CARDS);
});
