import { load } from "cheerio";
import { marked, type Token, type Tokens } from "marked";
import { createOutline, type Outline, oneLine, rowText, withoutTitle } from "./outline.ts";
import type { ReadDocument } from "./read-document.ts";

const FRONT_MATTER = /^---\n([\s\S]*?)\n---(?:\n|$)/;

export function readMarkdown(source: string, name: string): ReadDocument {
  const frontMatter = FRONT_MATTER.exec(source);
  const declared = /^title:\s*["']?(.+?)["']?\s*$/m.exec(frontMatter?.[1] ?? "")?.[1];
  const outline = createOutline();
  for (const token of marked.lexer(source.slice(frontMatter?.[0].length ?? 0))) readBlock(token, outline);
  const title = declared ?? outline.firstHeading() ?? name;
  return { title, sections: withoutTitle(outline.sections(), title) };
}

function readBlock(token: Token, outline: Outline): void {
  switch (token.type) {
    case "heading":
      outline.heading((token as Tokens.Heading).depth, inline(token));
      break;
    case "list":
      readList(token as Tokens.List, outline);
      break;
    case "table":
      readTable(token as Tokens.Table, outline);
      break;
    case "blockquote":
      for (const child of (token as Tokens.Blockquote).tokens) readBlock(child, outline);
      break;
    case "code":
      outline.text((token as Tokens.Code).text);
      break;
    case "html":
      outline.text(oneLine(load((token as Tokens.HTML).text).text()));
      break;
    case "space":
    case "hr":
    case "def":
      break;
    default:
      outline.text(oneLine(inline(token)));
  }
}

function readList(list: Tokens.List, outline: Outline): void {
  list.items.forEach((item, i) => {
    const marker = list.ordered ? `${Number(list.start || 1) + i}.` : "-";
    const nested = item.tokens.filter((token): token is Tokens.List => token.type === "list");
    const own = item.tokens.filter((token) => token.type !== "list");
    outline.text(`${marker} ${oneLine(own.map(inline).join(" "))}`);
    for (const child of nested) readList(child, outline);
  });
}

function readTable(table: Tokens.Table, outline: Outline): void {
  const header = table.header.map((cell) => cell.tokens.map(inline).join(""));
  for (const row of table.rows) {
    outline.text(
      rowText(
        header,
        row.map((cell) => cell.tokens.map(inline).join("")),
      ),
    );
  }
}

/** The words of a token without its markup; an image leaves nothing, a link its text. */
function inline(token: Token): string {
  if (token.type === "image") return "";
  if (token.type === "br") return " ";
  if (token.type === "html") return load(token.raw).text();
  if ("tokens" in token && token.tokens) return token.tokens.map(inline).join("");
  return "text" in token ? unescapeEntities(String(token.text)) : "";
}

function unescapeEntities(text: string): string {
  return text.includes("&") ? load(text.replaceAll("<", "&lt;")).text() : text;
}
