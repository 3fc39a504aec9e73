import * as fc from "fast-check";
import { expect, test } from "vitest";
import { chunk, chunkWords } from "./chunk.ts";
import { type DocumentSource, MAX_DOCUMENT_BYTES, readDocument } from "./read-document.ts";
import { sentencesOf } from "./sentences.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const refusal = (source: DocumentSource) => () => readDocument(source);

test("Markdown keeps its headings as a path, list items and table rows as lines", () => {
  const document = readDocument({
    name: "returns.md",
    content: `# Returns

You have **30 days**. See [the form](https://example.com).

## Abroad
1. Print the label.
2. Pack it.
   - in the old box

| Country | Cost |
|---|---|
| France | 5 EUR |

### Islands
Add *2 days*.`,
  });
  expect(document).toEqual({
    title: "Returns",
    sections: [
      { headingPath: [], text: "You have 30 days. See the form." },
      {
        headingPath: ["Abroad"],
        text: "1. Print the label.\n2. Pack it.\n- in the old box\nCountry: France; Cost: 5 EUR",
      },
      { headingPath: ["Abroad", "Islands"], text: "Add 2 days." },
    ],
  });
});

test("front matter gives the title and is no text", () => {
  const document = readDocument({
    name: "x.md",
    content: '---\ntitle: "Late fees"\n---\nA fee of 5 EUR & tax.',
  });
  expect(document).toEqual({
    title: "Late fees",
    sections: [{ headingPath: [], text: "A fee of 5 EUR & tax." }],
  });
});

test("a web page is its main content, without navigation, scripts and the cookie banner", () => {
  const filler = "The parcel is insured up to the value that was declared when it was sent. ".repeat(4);
  const document = readDocument({
    name: "https://shop.example/help/parcels.html",
    content:
      bytes(`<!doctype html><html><head><title>Parcels | Shop</title><style>p{color:red}</style></head><body>
      <nav>Home Help</nav><div class="cookie-consent">We use cookies</div>
      <main><h1>Parcels</h1><p>${filler}</p><h2>Lost</h2><p>Call <b>us</b>.<br>Wait.</p>
      <ul><li>One<ul><li>Inner</li></ul></li><li>Two</li></ul>
      <table><tr><th>Zone</th><th>Days</th></tr><tr><td>EU</td><td>3</td></tr></table>
      <script>alert(1)</script></main><footer>Imprint</footer></body></html>`),
  });
  expect(document.title).toBe("Parcels");
  expect(document.sections).toEqual([
    { headingPath: [], text: filler.trim() },
    { headingPath: ["Lost"], text: "Call us.\nWait.\n- One\n- Inner\n- Two\nZone: EU; Days: 3" },
  ]);
});

test("plain text is unwrapped, and a short first line is its title", () => {
  const document = readDocument({
    name: "notes.txt",
    content: "Opening hours\n\nWe are open on\nworking days.\n- Mon to Fri\n- not on Sunday",
  });
  expect(document).toEqual({
    title: "Opening hours",
    sections: [{ headingPath: [], text: "We are open on working days.\n- Mon to Fri\n- not on Sunday" }],
  });
});

test("text in Windows-1252 and UTF-16 is read", () => {
  const western = new Uint8Array([...bytes("caf"), 0xe9, ...bytes(" is open")]);
  expect(readDocument({ name: "a.txt", content: western }).sections[0]?.text).toBe("café is open");
  const utf16 = new Uint8Array([0xff, 0xfe, ...[..."open"].flatMap((letter) => [letter.charCodeAt(0), 0])]);
  expect(readDocument({ name: "a.txt", content: utf16 }).sections[0]?.text).toBe("open");
});

test.each([
  ["an empty file", new Uint8Array(), "empty"],
  ["a PDF", bytes("%PDF-1.7 ..."), "PDF"],
  ["a Word file", new Uint8Array([0x50, 0x4b, 3, 4, 1, 2]), "Word"],
  ["random bytes", new Uint8Array([1, 2, 0, 4, 5, 6, 0, 8]), "not readable text"],
  ["a file too large", new Uint8Array(MAX_DOCUMENT_BYTES + 1), "10 MB"],
  ["a page of scripts", bytes("<html><body><script>draw()</script></body></html>"), "No text"],
])("%s is refused with a sentence for a person", (_name, content, words) => {
  expect(refusal({ name: "file", content })).toThrowError(words);
  expect(refusal({ name: "file", content })).toThrowError(expect.objectContaining({ code: "invalid_input" }));
});

test("bytes that break their declared encoding are refused", () => {
  const content = new Uint8Array([...bytes("caf"), 0xe9, 0x20]);
  expect(refusal({ name: "a", content, mediaType: "text/plain; charset=utf-8" })).toThrowError("encoding");
});

test("no bytes at all make the reader fail with anything but a refusal", async () => {
  await fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 300 }),
      fc.constantFrom("a.md", "a.html", "a.txt", "a"),
      (content, name) => {
        try {
          for (const piece of chunk(readDocument({ content, name }))) expect(piece.text).not.toBe("");
        } catch (error) {
          expect(error).toMatchObject({ code: "invalid_input" });
        }
      },
    ),
  );
});

test("sentences end where sentences end", () => {
  const texts = (text: string) => sentencesOf(text).map((sentence) => sentence.text);
  expect(texts("Pay 3.50 EUR by 5 p.m. on Monday. Dr. Lee signs, e.g. by post. Done? Yes!")).toEqual([
    "Pay 3.50 EUR by 5 p.m. on Monday.",
    "Dr. Lee signs, e.g. by post.",
    "Done?",
    "Yes!",
  ]);
  expect(texts("1. Open the app\n2. Tap it. Wait.")).toEqual(["1. Open the app", "2. Tap it.", "Wait."]);
});

test("a sentence's place is where its text stands", async () => {
  await fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (text) => {
      for (const { start, end, text: sentence } of sentencesOf(text))
        expect(text.slice(start, end)).toBe(sentence);
    }),
  );
});

test("passages keep to their size, never cross a heading and repeat the sentence before a cut", () => {
  const sentence = (i: number) =>
    `Sentence number ${i} says that the invoice is due in the month after it was sent.`;
  const long = Array.from({ length: 40 }, (_, i) => sentence(i)).join(" ");
  const pieces = chunk({
    title: "Invoices",
    sections: [
      { headingPath: ["Due"], text: long },
      { headingPath: ["Late"], text: "A short rule." },
    ],
  });
  expect(pieces.map((piece) => piece.ordinal)).toEqual(pieces.map((_, i) => i));
  expect(pieces.at(-1)).toMatchObject({ headingPath: ["Late"], text: "A short rule." });
  for (const piece of pieces.slice(0, -1)) {
    expect(chunkWords(piece)).toBeLessThanOrEqual(220);
    expect(chunkWords(piece)).toBeGreaterThanOrEqual(120);
  }
  const [first, second] = pieces;
  expect(second?.text.split(". ")[0]).toBe(first?.text.split(". ").at(-1)?.replace(/\.$/, ""));
});

test("every sentence of a section is whole in some passage", async () => {
  const word = fc.constantFrom("invoice", "due", "month", "paid", "Berlin", "3.5");
  const text = fc.array(
    fc.array(word, { minLength: 1, maxLength: 40 }).map((words) => `${words.join(" ")}.`),
    {
      minLength: 1,
      maxLength: 40,
    },
  );
  await fc.assert(
    fc.property(text, (lines) => {
      const pieces = chunk({ title: "T", sections: [{ headingPath: [], text: lines.join("\n") }] });
      for (const line of lines) expect(pieces.some((piece) => piece.text.includes(line))).toBe(true);
    }),
  );
});
