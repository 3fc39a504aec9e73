import { AppError } from "#/lib/kernel/app-error.ts";

/** An element by its name without prefix; attributes mean nothing in the answers that we read. */
export type XmlElement = { name: string; text: string; children: XmlElement[] };

const TOKEN =
  /<!\[CDATA\[([\s\S]*?)\]\]>|<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<(\/?)([^\s<>/!]+)[^<>]*?(\/?)>|([^<]+)/y;
const MOST_DEPTH = 50;
const ENTITIES: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/**
 * The little of XML that SOAP answers use. A document type is refused: nothing here needs entities of a stranger's
 * making.
 */
export function readXml(text: string): XmlElement {
  const root: XmlElement = { name: "", text: "", children: [] };
  const open = [root];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const found = TOKEN.exec(text);
    if (!found) throw unreadable();
    take(open, found);
  }
  const [top] = root.children;
  if (open.length !== 1 || !top) throw unreadable();
  return top;
}

function take(open: XmlElement[], [, cdata, closing, qualified, selfClosing, chars]: RegExpExecArray): void {
  const parent = open.at(-1);
  if (!parent) throw unreadable();
  if (cdata !== undefined) parent.text += cdata;
  else if (chars !== undefined) parent.text += decode(chars);
  else if (qualified !== undefined)
    tag(open, parent, localName(qualified), closing === "/", selfClosing === "/");
}

function tag(open: XmlElement[], parent: XmlElement, name: string, closes: boolean, empty: boolean): void {
  if (closes) {
    if (open.length === 1 || parent.name !== name) throw unreadable();
    open.pop();
    return;
  }
  const element = { name, text: "", children: [] };
  parent.children.push(element);
  if (empty) return;
  if (open.length > MOST_DEPTH) throw unreadable();
  open.push(element);
}

const localName = (qualified: string) => qualified.slice(qualified.indexOf(":") + 1);

function decode(text: string): string {
  return text.replace(/&(#x?[0-9a-f]+|\w+);/gi, (whole, name: string) => {
    if (!name.startsWith("#")) return ENTITIES[name] ?? whole;
    const code = name[1]?.toLowerCase() === "x" ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "";
  });
}

const unreadable = () => new AppError("upstream_rejected", "The answer is not the XML that was asked for.");

export function findAll(element: XmlElement, name: string): XmlElement[] {
  const own = element.name === name ? [element] : [];
  return [...own, ...element.children.flatMap((child) => findAll(child, name))];
}

export function childText(element: XmlElement, name: string): string | undefined {
  return element.children.find((child) => child.name === name)?.text.trim();
}

export function escapeXml(text: string): string {
  return text.replace(/[<>&"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
