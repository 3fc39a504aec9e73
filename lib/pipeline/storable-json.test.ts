import fc from "fast-check";
import { expect, test } from "vitest";
import { storableJson } from "./storable-json.ts";

test("NUL and lone surrogates become replacement characters", () => {
  expect(JSON.parse(storableJson({ text: "a\u0000b\ud800c" }))).toEqual({ text: "a\ufffdb\ufffdc" });
});

test("an escaped backslash before u0000 is text and stays", () => {
  expect(JSON.parse(storableJson("\\u0000"))).toBe("\\u0000");
});

test("whatever is typed comes back, but for what cannot be stored", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const expected = text.replaceAll("\u0000", "\ufffd").toWellFormed();
      expect(JSON.parse(storableJson(text))).toBe(expected);
    }),
  );
});
