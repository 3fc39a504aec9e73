import { type CheerioAPI, load } from "cheerio";
import { createOutline, type Outline, oneLine, rowText, withoutTitle } from "./outline.ts";
import type { ReadDocument } from "./read-document.ts";

const NOISE = [
  "script,style,noscript,template,svg,canvas,iframe,object,embed,form,button,input,select,dialog",
  "nav,aside,footer,[role=navigation],[role=banner],[role=contentinfo],[role=search],[role=dialog]",
  "[role=alertdialog],[hidden],[aria-hidden=true]",
].join(",");
/** Words that site builders put in the class or id of what surrounds the text. */
const NOISE_NAME =
  /(?:^|[\s_-])(?:cookies?|consent|gdpr|nav|navbar|navigation|menu|sidebar|breadcrumbs?|share|social|newsletter|subscribe|popup|modal|banner|advert|ads?|footer|skip-link|related|comments?)(?:$|[\s_-])/i;
const MAIN = ["main", "[role=main]", "article", "#content", ".content"];
const BLOCK =
  /^(?:p|div|section|article|main|header|figure|figcaption|blockquote|pre|dl|dt|dd|address|details|summary|body|center|hgroup)$/;
const MIN_MAIN_CHARACTERS = 200;
const MAX_NOISE_SHARE = 0.5;

type Nodes = ReturnType<ReturnType<CheerioAPI["root"]>["contents"]>;
type Node = Nodes[number];

export function readHtml(source: string, name: string): ReadDocument {
  const $ = load(source);
  const pageTitle = oneLine($("meta[property='og:title']").attr("content") ?? $("title").first().text());
  removeNoise($);
  const outline = createOutline();
  walk($, mainOf($), outline);
  const title = (outline.firstHeading() ?? oneLine(pageTitle)) || name;
  return { title, sections: withoutTitle(outline.sections(), title) };
}

function removeNoise($: CheerioAPI): void {
  $(NOISE).remove();
  const whole = $("body").text().length;
  $("[class],[id]").each((_, element) => {
    const node = $(element);
    const names = `${node.attr("class") ?? ""} ${node.attr("id") ?? ""}`;
    // A page whose own frame is called "banner-page" must not lose all of its text.
    if (NOISE_NAME.test(names) && node.text().length < whole * MAX_NOISE_SHARE) node.remove();
  });
}

function mainOf($: CheerioAPI): Nodes {
  for (const selector of MAIN) {
    const found: Nodes = $(selector).first();
    if (oneLine(found.text()).length >= MIN_MAIN_CHARACTERS) return found;
  }
  return $("body");
}

/** Gathers inline text until a block starts or ends, so that `a <b>b</b> c` stays one line. */
function walk($: CheerioAPI, nodes: Nodes, outline: Outline): void {
  let pending = "";
  const flush = () => {
    outline.text(oneLine(pending));
    pending = "";
  };
  const visit = (node: Node): void => {
    if (node.type === "text") pending += node.data;
    if (!("name" in node && "children" in node)) return;
    if (readStructure($, node, outline, flush)) return;
    const isBlock = BLOCK.test(node.name);
    if (isBlock || node.name === "br") flush();
    for (const child of node.children) visit(child);
    if (isBlock) flush();
  };
  for (const node of nodes) visit(node);
  flush();
}

/** Headings, lists and tables have a form of their own; true when the node was one of them. */
function readStructure(
  $: CheerioAPI,
  node: Extract<Node, { name: string }>,
  outline: Outline,
  flush: () => void,
): boolean {
  const isHeading = /^h[1-6]$/.test(node.name);
  if (!isHeading && !/^(?:ul|ol|table)$/.test(node.name)) return false;
  flush();
  if (isHeading) outline.heading(Number(node.name[1]), $(node).text());
  else if (node.name === "table") readTable($, $(node), outline);
  else readList($, $(node), outline);
  return true;
}

function readList($: CheerioAPI, list: Nodes, outline: Outline): void {
  const ordered = list.is("ol");
  list.children("li").each((i, item) => {
    const own = $(item).clone();
    own.find("ul,ol").remove();
    outline.text(`${ordered ? `${i + 1}.` : "-"} ${oneLine(own.text())}`);
    $(item)
      .children("ul,ol")
      .each((_, nested) => readList($, $(nested), outline));
  });
}

function readTable($: CheerioAPI, table: Nodes, outline: Outline): void {
  const rows = table.find("tr").toArray();
  const textsOf = (row: Node, cells: string) =>
    $(row)
      .children(cells)
      .toArray()
      .map((cell) => $(cell).text());
  const isHeader = (row: Node) => $(row).children("td").length === 0;
  const header = rows[0] && isHeader(rows[0]) ? textsOf(rows[0], "th") : [];
  for (const row of rows) if (!isHeader(row)) outline.text(rowText(header, textsOf(row, "th,td")));
}
