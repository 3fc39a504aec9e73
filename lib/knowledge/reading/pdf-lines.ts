import { createOutline, oneLine, withoutTitle } from "./outline.ts";
import type { ReadDocument } from "./read-document.ts";

/** A line as a page draws it; `y` grows upwards, as in PDF. */
export type PdfLine = { text: string; page: number; size: number; y: number };

const HEADING_FACTOR = 1.15;
const MOST_HEADING_CHARACTERS = 140;
const MOST_HEADING_LEVELS = 3;
/** Lines further apart than this many of their own heights begin a paragraph. */
const PARAGRAPH_GAP = 1.75;
const LIST_ITEM = /^\s*(?:[-*•–▪‣◦]|\d{1,3}[.)])\s+/;
/** What stands at the edge of this share of the pages is their header or footer. */
const EDGE_SHARE = 0.5;
const FEWEST_PAGES_WITH_EDGES = 3;

type Names = { name: string; declaredTitle: string | undefined };

/** Paragraphs, list items and headings out of bare lines; headers, footers and page numbers are left out. */
export function readPdfLines(drawn: readonly PdfLine[], { name, declaredTitle }: Names): ReadDocument {
  const lines = withoutEdges(drawn);
  const levels = headingLevels(lines);
  const outline = createOutline();
  let paragraph: PdfLine[] = [];
  const flush = () => {
    const [first] = paragraph;
    if (first) outline.text(oneLine(joinLines(paragraph)), first.page);
    paragraph = [];
  };
  let heading: PdfLine | undefined;
  for (const line of lines) {
    const level = levels.get(sizeKey(line));
    if (level !== undefined && isHeadingText(line.text)) {
      flush();
      // A heading that was wrapped goes on in the next line of the same type.
      heading =
        heading && heading.page === line.page && sizeKey(heading) === sizeKey(line)
          ? { ...line, text: `${heading.text} ${line.text}` }
          : line;
      if (heading.text === line.text) outline.heading(level, line.text);
      else outline.extendHeading(line.text);
      continue;
    }
    heading = undefined;
    if (startsParagraph(paragraph.at(-1), line)) flush();
    paragraph.push(line);
  }
  flush();
  const title = (outline.firstHeading() ?? declaredTitle) || name;
  return { title, sections: withoutTitle(outline.sections(), title) };
}

const sizeKey = ({ size }: PdfLine) => Math.round(size * 2) / 2;

function isHeadingText(text: string): boolean {
  return text.length <= MOST_HEADING_CHARACTERS && /\p{L}/u.test(text) && !/[.;,]$/.test(text);
}

/** The largest sizes of type above that of the text itself, each with its level. */
function headingLevels(lines: readonly PdfLine[]): Map<number, number> {
  const characters = new Map<number, number>();
  for (const line of lines)
    characters.set(sizeKey(line), (characters.get(sizeKey(line)) ?? 0) + line.text.length);
  const body = [...characters].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
  const larger = [...characters.keys()].filter((size) => size >= body * HEADING_FACTOR).sort((a, b) => b - a);
  return new Map(larger.map((size, i) => [size, Math.min(i + 1, MOST_HEADING_LEVELS)]));
}

function startsParagraph(before: PdfLine | undefined, line: PdfLine): boolean {
  if (!before || LIST_ITEM.test(line.text)) return true;
  if (before.page !== line.page) return /[.!?:]["'”’)]?$/.test(before.text) || !/^\p{Ll}/u.test(line.text);
  const gap = before.y - line.y;
  // Upwards: the next column, or a box of its own.
  return gap < 0 || gap > PARAGRAPH_GAP * Math.max(before.size, line.size);
}

/** A word that was divided at the end of a line becomes whole again. */
function joinLines(lines: readonly PdfLine[]): string {
  return lines.reduce((text, line) => {
    if (text === "") return line.text;
    if (/\p{Ll}-$/u.test(text) && /^\p{Ll}/u.test(line.text)) return text.slice(0, -1) + line.text;
    return `${text} ${line.text}`;
  }, "");
}

function withoutEdges(lines: readonly PdfLine[]): PdfLine[] {
  const pages = Map.groupBy(lines, ({ page }) => page);
  if (pages.size < FEWEST_PAGES_WITH_EDGES) return lines.filter(({ text }) => !isPageNumber(text));
  const seen = new Map<string, number>();
  for (const page of pages.values())
    for (const key of new Set(edgesOf(page).map(edgeKey))) seen.set(key, (seen.get(key) ?? 0) + 1);
  const repeated = (line: PdfLine) => (seen.get(edgeKey(line)) ?? 0) >= pages.size * EDGE_SHARE;
  const dropped = new Set([...pages.values()].flatMap((page) => edgesOf(page).filter(repeated)));
  return lines.filter((line) => !dropped.has(line) && !isPageNumber(line.text));
}

/** The highest and the lowest two lines of a page. */
function edgesOf(page: readonly PdfLine[]): PdfLine[] {
  const sorted = page.toSorted((a, b) => b.y - a.y);
  return [...new Set([...sorted.slice(0, 2), ...sorted.slice(-2)])];
}

const edgeKey = ({ text }: PdfLine) => text.replaceAll(/\d+/g, "#").toLowerCase();
const isPageNumber = (text: string) =>
  /^(?:page |seite |p\. ?)?\d{1,4}(?: ?(?:\/|of|von) ?\d{1,4})?$/i.test(text);
