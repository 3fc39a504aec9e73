import { createOutline, oneLine } from "./outline.ts";
import type { ReadDocument } from "./read-document.ts";

const LIST_ITEM = /^\s*(?:[-*•–]|\d{1,3}[.)])\s+/;
const MAX_TITLE_CHARACTERS = 120;

/** Plain text has no headings we could trust; a short first line without a full stop is its title. */
export function readPlainText(source: string, name: string): ReadDocument {
  const outline = createOutline();
  const [first = "", ...rest] = source.trim().split(/\n\s*\n/);
  const isTitle =
    rest.length > 0 && !/[.!?:;,]$|\n/.test(first.trim()) && first.length <= MAX_TITLE_CHARACTERS;
  for (const paragraph of isTitle ? rest : [first, ...rest]) {
    for (const line of unwrap(paragraph)) outline.text(line);
  }
  return { title: isTitle ? oneLine(first) : name, sections: outline.sections() };
}

/** Hard-wrapped lines become one paragraph again; list items keep lines of their own. */
function unwrap(paragraph: string): string[] {
  const lines: string[] = [];
  for (const line of paragraph.split("\n")) {
    const last = lines.length - 1;
    if (LIST_ITEM.test(line) || last < 0) lines.push(oneLine(line));
    else lines[last] = `${lines[last]} ${oneLine(line)}`;
  }
  return lines;
}
