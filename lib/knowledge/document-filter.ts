import type { DocumentSource, DocumentState } from "#/drizzle/schema/documents.ts";

export type DocumentFilter = {
  /** Words for groups of states, as the page's filter names them. */
  states: DocumentState[];
  sources: (DocumentSource | "site")[];
  siteId: string | undefined;
  /** Part of a title, a file name, an address or a program's own id. */
  text: string | undefined;
  order: DocumentOrder;
  after: DocumentCursor | undefined;
};

export type DocumentOrder = "title" | "newest";
/** The last row of the page before. */
export type DocumentCursor = { title: string; id: string };

export type SearchParams = Record<string, string | string[] | undefined>;

export const STATE_GROUPS: Record<string, readonly DocumentState[]> = {
  ready: ["ready"],
  work: ["queued", "reading", "embedding"],
  failed: ["failed"],
  gone: ["gone"],
};
const SOURCES: readonly string[] = ["upload", "web", "site", "api"];
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const LONGEST_TEXT = 200;

/** Reads the list's filter from an address. What makes no sense is left out: an address is anybody's to type. */
export function parseDocumentFilter(params: SearchParams): DocumentFilter {
  const one = (name: string) => all(params[name])[0];
  const text = one("q")?.replaceAll("\0", "").trim().slice(0, LONGEST_TEXT);
  const site = one("site");
  return {
    states: all(params.state).flatMap((word) =>
      Object.hasOwn(STATE_GROUPS, word) ? (STATE_GROUPS[word] ?? []) : [],
    ),
    sources: all(params.source).filter((word): word is DocumentSource => SOURCES.includes(word)),
    siteId: site !== undefined && UUID.test(site) ? site : undefined,
    text: text === "" ? undefined : text,
    order: one("order") === "newest" ? "newest" : "title",
    after: parseCursor(one("after")),
  };
}

export function cursorText({ title, id }: DocumentCursor): string {
  return Buffer.from(JSON.stringify([id, title])).toString("base64url");
}

export function parseCursor(text: string | undefined): DocumentCursor | undefined {
  if (text === undefined) return undefined;
  try {
    const [id, title]: unknown[] = JSON.parse(Buffer.from(text, "base64url").toString());
    if (typeof id !== "string" || !UUID.test(id) || typeof title !== "string") return undefined;
    return { id, title: title.replaceAll("\0", "") };
  } catch {
    return undefined;
  }
}

function all(value: string | string[] | undefined): string[] {
  return value === undefined ? [] : [value].flat();
}
