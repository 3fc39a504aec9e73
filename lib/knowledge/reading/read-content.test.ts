import { expect, test } from "vitest";
import { aDocx, aZip } from "../testing/a-docx.ts";
import { anEncryptedPdf, aPdf } from "../testing/a-pdf.ts";
import { chunk } from "./chunk.ts";
import { readContent } from "./read-content.ts";

const HANDBOOK = aPdf([
  [
    ["Acme handbook"],
    ["Warranty handbook", 24],
    [""],
    ["A repair takes two", 11],
    ["weeks in our work-"],
    ["shop."],
    ["1"],
  ],
  [["Acme handbook"], ["Batteries", 16], [""], ["A battery is covered for twelve months."], ["2"]],
  [["Acme handbook"], ["Screens", 16], [""], ["A cracked screen is not covered."], ["3"]],
]);

test("a PDF keeps its headings and the page that each passage begins on", async () => {
  const read = await readContent({ content: HANDBOOK, name: "handbook.pdf" });
  expect(read).toMatchObject({ title: "Warranty handbook", pages: 3 });
  expect(chunk(read)).toEqual([
    { ordinal: 0, headingPath: [], text: "A repair takes two weeks in our workshop.", page: 1 },
    { ordinal: 1, headingPath: ["Batteries"], text: "A battery is covered for twelve months.", page: 2 },
    { ordinal: 2, headingPath: ["Screens"], text: "A cracked screen is not covered.", page: 3 },
  ]);
});

test("a Word document keeps its headings", async () => {
  const content = aDocx([
    { style: "Title", text: "Returns & refunds" },
    { style: "Heading1", text: "Deadline" },
    { text: "Send it back within thirty days." },
  ]);
  const read = await readContent({ content, name: "returns.docx" });
  expect(read.title).toBe("Returns & refunds");
  expect(read.sections).toEqual([{ headingPath: ["Deadline"], text: "Send it back within thirty days." }]);
});

test.each([
  ["a PDF with a password", anEncryptedPdf(), /protected by a password/],
  ["a scanned PDF", aPdf([[["", 11]]]), /probably scanned/],
  ["a damaged PDF", new TextEncoder().encode("%PDF-1.7\nnothing that follows"), /PDF is damaged/],
  ["a damaged Word document", aDocx([{ text: "Cut off" }]).subarray(0, 300), /file is damaged/],
  ["an Excel workbook", aZip({ "xl/workbook.xml": "<workbook/>" }), /an Excel workbook/],
  ["any other archive", aZip({ "photo.txt": "hello" }), /a ZIP archive/],
  ["a Word document without XML in it", aZip({ "word/document.xml": "not xml <" }), /damaged/],
  ["a Word document with a password", oldOffice("EncryptedPackage"), /protected by a password/],
  ["an old Word document", oldOffice("WordDocument"), /old Office format/],
  ["a picture", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10), /an image/],
])("%s is refused with what to do about it", async (_, content, words) => {
  await expect(readContent({ content, name: "file" })).rejects.toThrow(words);
});

test("an archive that unpacks to far more than it says is refused", async () => {
  const bomb = aZip({ "word/document.xml": Buffer.alloc(101_000_000) }, 1_000);
  expect(bomb.byteLength).toBeLessThan(200_000);
  await expect(readContent({ content: bomb, name: "bomb.docx" })).rejects.toMatchObject({
    code: "too_large",
    message: expect.stringContaining("unpacks to more than 100 MB"),
  });
});

test("a file that takes too long is given up", async () => {
  const reading = readContent(
    { content: HANDBOOK, name: "slow.pdf" },
    { timeoutMs: 100, worker: new URL("data:text/javascript,setInterval(()=>{},1000)") },
  );
  await expect(reading).rejects.toThrow(/could not be read within a minute/);
});

test("a file that takes too much memory is given up", async () => {
  const greedy = "const held=[];setInterval(()=>held.push(Buffer.alloc(20_000_000,1)),5)";
  const reading = readContent(
    { content: HANDBOOK, name: "greedy.pdf" },
    { mostGrowthBytes: 100_000_000, worker: new URL(`data:text/javascript,${encodeURIComponent(greedy)}`) },
  );
  await expect(reading).rejects.toThrow(/more memory than any document/);
});

function oldOffice(stream: string): Uint8Array {
  return Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.from(stream, "utf16le")]);
}
