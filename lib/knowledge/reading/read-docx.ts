import mammoth from "mammoth";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { ReadDocument } from "./read-document.ts";
import { readHtml } from "./read-html.ts";
import { unpackedEntries } from "./unpacked-size.ts";

/** A long handbook is a few megabytes of XML; a hundred are an attack or pictures that nobody reads here. */
const MOST_UNPACKED_BYTES = 100_000_000;

/** Headings, lists and tables of a Word document in their order; pictures leave nothing. */
export async function readDocx(content: Uint8Array, name: string): Promise<ReadDocument> {
  const entries = unpackedEntries(content, MOST_UNPACKED_BYTES);
  if (!entries.some((entry) => entry.name === "word/document.xml")) throw otherArchive(entries);
  const { value } = await mammoth.convertToHtml(
    { buffer: Buffer.from(content) },
    {
      styleMap: [
        "p[style-name='Title'] => h1:fresh",
        "p.Title => h1:fresh",
        "p[style-name='Subtitle'] => p:fresh",
      ],
      convertImage: mammoth.images.imgElement(async () => ({ src: "" })),
      ignoreEmptyParagraphs: true,
    },
  );
  return readHtml(value, name);
}

function otherArchive(entries: readonly { name: string }[]): AppError {
  const has = (start: string) => entries.some(({ name }) => name.startsWith(start));
  if (has("xl/")) return refusal("an Excel workbook", "Export its sheets as text or HTML");
  if (has("ppt/")) return refusal("a PowerPoint presentation", "Export it as PDF");
  if (has("content.xml")) return refusal("an OpenDocument file", "Save it as Word (.docx) or PDF");
  return refusal("a ZIP archive", "Unpack it");
}

function refusal(kind: string, remedy: string): AppError {
  return new AppError("invalid_input", `This is ${kind}, which cannot be read. ${remedy} and add that.`);
}
