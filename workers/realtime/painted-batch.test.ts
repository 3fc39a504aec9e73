import { expect, test } from "vitest";
import type { Log } from "#/lib/kernel/log.ts";
import type { Painted } from "#/lib/realtime/record-painted.ts";
import { createPaintedBatch } from "./painted-batch.ts";

const place = { tenantId: "t", connectionId: "c", platformConversationId: "p" };
const paintedAt = (from: number, count: number): Painted[] =>
  Array.from({ length: count }, (_, index) => ({
    place,
    seq: from + index,
    receivedAt: from + index,
    paintedAt: from + index,
  }));

/** A store that answers when it is told to, and not at all before. */
function aStore() {
  const written: number[][] = [];
  const answers: (() => void)[] = [];
  let away = false;
  return {
    written,
    goAway: () => {
      away = true;
    },
    comeBack: () => {
      away = false;
    },
    answer: () => answers.shift()?.(),
    record: async (batch: readonly Painted[]) => {
      if (away) throw new Error("away");
      await new Promise<void>((resolve) => answers.push(resolve));
      written.push(batch.map(({ seq }) => seq));
    },
  };
}

function aLog() {
  const lines: { level: string; fields: { dropped?: number; count?: number }; words: string }[] = [];
  const keep = (level: string) => (fields: { dropped?: number }, words: string) =>
    void lines.push({ level, fields, words });
  return { lines, log: { warn: keep("warn"), info: keep("info") } as unknown as Log };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("while one batch is being written, the oldest beyond the bound are dropped, counted and told once", async () => {
  const store = aStore();
  const { lines, log } = aLog();
  const batch = createPaintedBatch(store.record, log, { most: 10, kept: 25 });
  batch.add(paintedAt(0, 10));
  await settled();
  for (let from = 10; from < 100; from += 5) batch.add(paintedAt(from, 5));
  expect(lines).toHaveLength(1);
  const flushed = batch.flush();
  for (let turn = 0; turn < 10; turn += 1) {
    store.answer();
    await settled();
  }
  await flushed;
  expect(store.written[0]).toEqual(paintedAt(0, 10).map(({ seq }) => seq));
  // The newest are kept, in their order, and written in steps.
  expect(store.written.slice(1).flat()).toEqual(paintedAt(75, 25).map(({ seq }) => seq));
  expect(Math.max(...store.written.map(({ length }) => length))).toBe(10);
  expect(lines.at(-1)).toMatchObject({ fields: { dropped: 65 } });
  expect(lines).toHaveLength(2);
});

test("an outage is told once, and its end with what it cost", async () => {
  const store = aStore();
  const { lines, log } = aLog();
  const batch = createPaintedBatch(store.record, log, { most: 10, kept: 25 });
  store.goAway();
  for (let from = 0; from < 50; from += 10) {
    batch.add(paintedAt(from, 10));
    await batch.flush();
  }
  expect(lines).toMatchObject([{ level: "warn" }]);
  store.comeBack();
  batch.add(paintedAt(50, 3));
  const flushed = batch.flush();
  await settled();
  store.answer();
  await flushed;
  expect(store.written).toEqual([[50, 51, 52]]);
  expect(lines.slice(1)).toMatchObject([{ level: "info", fields: { dropped: 50 } }]);
  store.goAway();
  batch.add(paintedAt(60, 1));
  await batch.flush();
  expect(lines).toHaveLength(3);
});
