import { getDocumentProxy } from "unpdf";
import { AppError } from "#/lib/kernel/app-error.ts";
import { type PdfLine, readPdfLines } from "./pdf-lines.ts";
import type { ReadDocument } from "./read-document.ts";

const MOST_PAGES = 2_000;
const MOST_CHARACTERS = 5_000_000;

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;
type Item = { str: string; height: number; transform: number[]; hasEOL: boolean };

/** The text of a PDF with the page each part stands on; headings are told by their larger type. */
export async function readPdf(content: Uint8Array, name: string): Promise<ReadDocument> {
  // The engine takes the buffer over, so it gets one of its own.
  const pdf = await open(new Uint8Array(content));
  if (pdf.numPages > MOST_PAGES) {
    throw new AppError(
      "too_large",
      `The PDF has ${pdf.numPages} pages; ${MOST_PAGES} can be read. Split it.`,
    );
  }
  const lines: PdfLine[] = [];
  let characters = 0;
  for (let page = 1; page <= pdf.numPages; page++) {
    const found = await linesOf(pdf, page);
    characters += found.reduce((sum, { text }) => sum + text.length, 0);
    if (characters > MOST_CHARACTERS)
      throw new AppError("too_large", "The PDF holds more than 5 million characters of text. Split it.");
    lines.push(...found);
  }
  if (!lines.some(({ text }) => /[\p{L}\p{N}]/u.test(text))) {
    throw new AppError(
      "invalid_input",
      "The PDF holds pictures of pages and no text: it was probably scanned. Run text recognition (OCR) over it and add the result.",
    );
  }
  return { ...readPdfLines(lines, { name, declaredTitle: await declaredTitle(pdf) }), pages: pdf.numPages };
}

async function open(data: Uint8Array): Promise<Pdf> {
  try {
    return await getDocumentProxy(data, { verbosity: 0, stopAtErrors: false });
  } catch (cause) {
    const kind = cause instanceof Error ? cause.name : "";
    if (kind === "PasswordException") {
      const message = "The PDF is protected by a password. Save a copy without one and add that.";
      throw new AppError("invalid_input", message, { cause });
    }
    const message = "The PDF is damaged and cannot be opened. Export it again from where it was made.";
    throw new AppError("invalid_input", message, { cause });
  }
}

async function declaredTitle(pdf: Pdf): Promise<string | undefined> {
  const { info } = await pdf.getMetadata().catch(() => ({ info: {} }));
  const title = "Title" in info ? String(info.Title).trim() : "";
  // What programs write there by themselves names a file, not a text.
  return title === "" || /^(?:untitled|microsoft word|\S+\.(?:docx?|pdf|html?|indd))/i.test(title)
    ? undefined
    : title;
}

/** Joins the pieces that stand on one line, in the order in which the page draws them. */
async function linesOf(pdf: Pdf, number: number): Promise<PdfLine[]> {
  const page = await pdf.getPage(number);
  const { items } = await page.getTextContent();
  const lines: PdfLine[] = [];
  let pieces: Item[] = [];
  const flush = () => {
    const text = joined(pieces);
    if (text !== "") lines.push({ text, page: number, ...measure(pieces) });
    pieces = [];
  };
  for (const item of items) {
    if (!("str" in item)) continue;
    const piece = item as Item;
    const last = pieces.at(-1);
    if (last && piece.str.trim() !== "" && Math.abs(yOf(piece) - yOf(last)) > sizeOf(last) / 2) flush();
    if (piece.str !== "") pieces.push(piece);
    if (piece.hasEOL) flush();
  }
  flush();
  page.cleanup();
  return lines;
}

const sizeOf = (item: Item) => item.height || Math.abs(item.transform[3] ?? 0) || 1;
const yOf = (item: Item) => item.transform[5] ?? 0;

function joined(pieces: readonly Item[]): string {
  return pieces
    .map(({ str }) => str)
    .join("")
    .replaceAll(/\s+/g, " ")
    .trim();
}

function measure(pieces: readonly Item[]): { size: number; y: number } {
  const words = pieces.filter(({ str }) => str.trim() !== "");
  return { size: Math.max(...words.map(sizeOf)), y: yOf(words[0] ?? pieces[0] ?? { ...NOWHERE }) };
}

const NOWHERE: Item = { str: "", height: 0, transform: [], hasEOL: false };
