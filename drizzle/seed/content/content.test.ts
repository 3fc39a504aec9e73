import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const AREAS = ["accounts", "billing", "delivery", "outages", "privacy", "returns"];
const MAX_WAV_BYTES = 2_500_000;

const folder = (name: string) => join(import.meta.dirname, name);
const articles = readdirSync(folder("articles"));
const scripts = ["calls/demo-1.json", "calls/demo-2.json", "chats/demo-1.json"];

test("there are at least sixty articles, in every area about as many", () => {
  expect(articles.length).toBeGreaterThanOrEqual(60);
  for (const area of AREAS) {
    expect(articles.filter((name) => name.startsWith(`${area}-`)).length).toBeGreaterThanOrEqual(10);
  }
});

test.each(articles)("%s has one title, sections and a readable length", (name) => {
  expect(AREAS).toContain(name.split("-")[0]);
  const text = readFileSync(join(folder("articles"), name), "utf8");
  expect(text).toMatch(/^# \S/);
  expect(text.match(/^# /gm)).toHaveLength(1);
  expect(text.match(/^## /gm)?.length ?? 0).toBeGreaterThanOrEqual(2);
  const words = text.split(/\s+/).length;
  expect(words).toBeGreaterThanOrEqual(110);
  expect(words).toBeLessThanOrEqual(300);
});

test("titles are distinct", () => {
  const titles = articles.map((name) => readFileSync(join(folder("articles"), name), "utf8").split("\n")[0]);
  expect(new Set(titles).size).toBe(articles.length);
});

test.each(scripts)("in %s the customer asks at least five times", (path) => {
  const lines: { speaker: string; text: string; pauseMs: number }[] = JSON.parse(
    readFileSync(folder(path), "utf8"),
  );
  const questions = lines.filter(({ speaker, text }) => speaker === "customer" && text.includes("?"));
  expect(questions.length).toBeGreaterThanOrEqual(5);
});

test.each(["calls/demo-1.wav", "calls/demo-2.wav"])("%s is small stereo mu-law at 8 kHz", (path) => {
  expect(statSync(folder(path)).size).toBeLessThan(MAX_WAV_BYTES);
  const head = readFileSync(folder(path)).subarray(0, 36);
  expect([head.readUInt16LE(20), head.readUInt16LE(22), head.readUInt32LE(24)]).toEqual([7, 2, 8000]);
});
