import { afterAll, beforeAll, expect, test } from "vitest";
import { cachedEmbedder } from "./cached-embedder.ts";
import { createEmbedder } from "./create-embedder.ts";
import { dot, type Embedder } from "./embedder.ts";

let embedder: Embedder;

beforeAll(async () => {
  embedder = await createEmbedder();
}, 60_000);
afterAll(() => embedder.close());

test("vectors are unit length, in order, and closer for a paraphrase than for another subject", async () => {
  const texts = [
    "How do I get my money back?",
    "I want a refund for my purchase.",
    "The lighthouse was painted in blue last summer.",
  ];
  const [question, paraphrase, other] = await embedder.embed(texts);
  if (!question || !paraphrase || !other) throw new Error("a vector is missing");
  expect(question).toHaveLength(embedder.dimensions);
  expect(dot(question, question)).toBeCloseTo(1, 3);
  expect(dot(question, paraphrase)).toBeGreaterThan(dot(question, other));
});

test("a text without a character gives the zero vector beside good ones", async () => {
  const [empty, good] = await embedder.embed(["  ", "refund"]);
  expect(empty?.every((value) => value === 0)).toBe(true);
  expect(good?.some((value) => value !== 0)).toBe(true);
});

test("more texts than a batch come back complete and in order", async () => {
  const texts = Array.from({ length: 21 }, (_, i) => `article number ${i}`);
  const all = await embedder.embed(texts);
  const [tenth] = await embedder.embed(["article number 10"]);
  expect(all).toHaveLength(21);
  if (!all[10] || !tenth) throw new Error("a vector is missing");
  expect(dot(all[10], tenth)).toBeCloseTo(1, 3);
});

const workerOf = (onMessage: string) =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`
      import { parentPort, threadId } from "node:worker_threads";
      parentPort.postMessage({ kind: "ready" });
      parentPort.on("message", ({ id, texts }) => { ${onMessage} });`)}`,
  );

test("a thread that dies on a text is replaced, and the next text is answered", async () => {
  const fragile = await createEmbedder({
    worker: workerOf(`
      if (texts[0] === "poison") process.exit(1);
      const flat = new Float32Array(texts.length * 512).fill(0.5);
      parentPort.postMessage({ kind: "vectors", id, flat });`),
  });
  await expect(fragile.embed(["poison"])).rejects.toMatchObject({ code: "upstream_unavailable" });
  expect(await fragile.embed(["fine"])).toHaveLength(1);
  await fragile.close();
});

test("a thread that hangs is given up after the time allowed", async () => {
  const hung = await createEmbedder({ worker: workerOf(""), timeoutMs: 50 });
  await expect(hung.embed(["anything"])).rejects.toMatchObject({ code: "upstream_unavailable" });
  await hung.close();
});

test("a question asked twice is embedded once, and a failure is not remembered", async () => {
  const asked: string[] = [];
  const counting: Embedder = {
    model: "counting",
    dimensions: 1,
    embed: async (texts) => {
      asked.push(...texts);
      if (asked.length === 1) throw new Error("first call fails");
      return texts.map(() => new Float32Array([1]));
    },
    close: async () => undefined,
  };
  const cached = cachedEmbedder(counting, 2);
  await expect(cached.embed(["a"])).rejects.toThrow();
  await cached.embed(["a"]);
  await cached.embed(["a", "b"]);
  await cached.embed(["c"]);
  await cached.embed(["a"]);
  expect(asked).toEqual(["a", "a", "b", "c", "a"]);
});
