import { expect, test } from "vitest";
import { searchQuery, searchWords } from "./search-words.ts";

test("what was redacted is no word; numbers and names of fields are none either", () => {
  const words = searchWords({ text: "Mail kim@example.com about 4111 1111 1111 1111", amount: 4242424242 }, [
    "Überweisung",
  ]);
  expect(words.sort()).toEqual(["about", "card", "email", "mail", "überweisung"]);
});

test("ids keep their parts, so that one who has an id finds what it is of", () => {
  expect(searchWords({ id: "0b5f6f39-8a5e-4a54-9c0b-0d2f8d6f3a02" })).toContain("0b5f6f39");
});

test("what is typed becomes beginnings of words, whatever signs are in it", () => {
  expect(searchQuery("Charged TWICE!")).toBe("'charged':* & 'twice':*");
  expect(searchQuery("it's ' & | :* \\")).toBe("'it':* & 's':*");
  expect(searchQuery(" ' ")).toBeUndefined();
});
