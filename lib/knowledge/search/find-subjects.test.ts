import { expect, test } from "vitest";
import { findSubjects } from "./find-subjects.ts";
import { learnSubjects } from "./subjects.ts";

const titled = (...names: string[]) =>
  names.flatMap((name) =>
    ["fees", "limits", "lost card"].map((part) => ({
      documentId: `${name} ${part}`,
      title: `${name}: ${part}`,
    })),
  );
const bookOf = (sources: ReturnType<typeof titled>, text = "Every card has a place on the price list.") =>
  learnSubjects(
    sources,
    sources.map(() => text),
  );
const CARDS = bookOf(titled("Silver Card", "Silver Plus Card", "Ecocard", "Palace Account"));
const named = (turn: string) => findSubjects(CARDS, turn).map(({ name }) => name);

test("subjects are the parts of titles that documents share", () => {
  expect(CARDS.subjects.map(({ name }) => name)).toEqual([
    "Silver Card",
    "Silver Plus Card",
    "Ecocard",
    "Palace Account",
  ]);
});

test("a title's first part that no other shares is no subject, nor is what most of the base is about", () => {
  expect(bookOf([{ documentId: "a", title: "Note: fees" }]).subjects).toEqual([]);
  expect(bookOf(titled("Our Bank")).subjects).toEqual([]);
});

test("the longer name said hides the shorter one inside it", () => {
  expect(named("is there a fee on the silver plus card")).toEqual(["Silver Plus Card"]);
  expect(named("is there a fee on the silver card")).toEqual(["Silver Card"]);
});

test("a name run apart or one letter off is still the name", () => {
  expect(named("I have the eco card")).toEqual(["Ecocard"]);
  expect(named("I have the ecocart")).toEqual(["Ecocard"]);
});

test("a word that the base uses itself is not a name heard wrongly", () => {
  expect(named("is this the right place and what is the price")).toEqual([]);
});
