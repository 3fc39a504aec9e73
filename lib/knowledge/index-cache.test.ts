import { expect, test } from "vitest";
import { bytesOf, createIndexKeeper } from "./index-cache.ts";
import { buildIndex } from "./search/build-index.ts";

const anIndex = (name: string, sentences: number) =>
  buildIndex([
    {
      id: name,
      documentId: name,
      title: name,
      headingPath: [],
      text: "x",
      vectors: new Float32Array(sentences * 512),
    },
  ]);
const SMALL = bytesOf(anIndex("small", 10));

/** Bases by name; answers which were built, in order. */
function aKeeper(mostBytes: number, sentences: Record<string, number> = {}) {
  const built: string[] = [];
  const keeper = createIndexKeeper(mostBytes);
  const ask = (name: string, version = 1) =>
    keeper(name, version, async () => {
      built.push(`${name}${version}`);
      return anIndex(name, sentences[name] ?? 10);
    });
  return { built, ask };
}

test("many small bases are kept, and a large one takes the place of as many as it is worth", async () => {
  const { built, ask } = aKeeper(100 * SMALL, { large: 900 });
  const names = Array.from({ length: 80 }, (_, index) => `base-${index}-`);
  for (const name of [...names, ...names]) await ask(name);
  expect(built).toHaveLength(80);
  await ask("large");
  built.length = 0;
  for (const name of names.slice(-5)) await ask(name);
  await ask("large");
  expect(built).toEqual([]);
  await ask(names[0] ?? "");
  expect(built).toEqual(["base-0-1"]);
});

test("the one that was not used for longest goes first", async () => {
  const { built, ask } = aKeeper(2 * SMALL + 1);
  for (const name of ["a", "b", "a", "c"]) await ask(name);
  expect(built).toEqual(["a1", "b1", "c1"]);
  await ask("a");
  expect(built).toHaveLength(3);
  await ask("b");
  expect(built.at(-1)).toBe("b1");
});

test("the one in use stays, however large it is", async () => {
  const { built, ask } = aKeeper(10, { huge: 1_000 });
  await Promise.all([ask("huge"), ask("huge")]);
  await ask("huge");
  expect(built).toEqual(["huge1"]);
});

test("a new version takes the old one's place, and what failed to build is built again", async () => {
  const { built, ask } = aKeeper(10 * SMALL);
  await ask("a");
  await ask("a", 2);
  await ask("a", 2);
  expect(built).toEqual(["a1", "a2"]);
  const keeper = createIndexKeeper(10 * SMALL);
  const failing = keeper("b", 1, async () => {
    throw new Error("away");
  });
  await expect(failing).rejects.toThrow("away");
  expect(await keeper("b", 1, async () => anIndex("b", 1))).toMatchObject({ meanWords: expect.any(Number) });
});
