import { AppError } from "#/lib/kernel/app-error.ts";
import { decodeText } from "./decode-text.ts";
import { readHtml } from "./read-html.ts";
import { readMarkdown } from "./read-markdown.ts";
import { readPlainText } from "./read-plain-text.ts";

/** From this character of its section on, the text stands on this page. */
export type PageStart = { at: number; page: number };
export type Section = { headingPath: string[]; text: string; pageStarts?: PageStart[] };
export type ReadDocument = { title: string; sections: Section[]; pages?: number };

export const DOCUMENT_FORMATS = ["markdown", "text", "html"] as const;
export type DocumentFormat = (typeof DOCUMENT_FORMATS)[number];

export type DocumentSource = {
  content: Uint8Array | string;
  /** A file name or the last part of an address; the title when the document has none. */
  name: string;
  format?: DocumentFormat;
  mediaType?: string;
};

export const MAX_DOCUMENT_BYTES = 10_000_000;
const MOST_TITLE_CHARACTERS = 300;

const READERS: Record<DocumentFormat, (text: string, name: string) => ReadDocument> = {
  markdown: readMarkdown,
  text: readPlainText,
  html: readHtml,
};

/** Turns a file or page into titled sections, or says in one sentence what a person can do about it. */
export function readDocument(source: DocumentSource): ReadDocument {
  const size = typeof source.content === "string" ? source.content.length : source.content.byteLength;
  if (size > MAX_DOCUMENT_BYTES) {
    throw new AppError(
      "invalid_input",
      "The document is larger than 10 MB. Split it into smaller documents.",
    );
  }
  const text =
    typeof source.content === "string" ? source.content : decodeText(source.content, source.mediaType);
  if (text.trim() === "") {
    throw new AppError("invalid_input", "The document is empty. Check that the right file was chosen.");
  }
  const read = READERS[source.format ?? formatOf(source, text)](text, titleFromName(source.name));
  return withText(read);
}

/** Sections that say something; throws where none does. */
export function withText(read: ReadDocument): ReadDocument {
  const sections = read.sections.filter((section) => /[\p{L}\p{N}]/u.test(section.text));
  if (sections.length === 0) {
    throw new AppError(
      "invalid_input",
      "No text was found in the document. A page that draws its content with scripts must be saved as text first.",
    );
  }
  return { ...read, title: read.title.slice(0, MOST_TITLE_CHARACTERS), sections };
}

/** The declared type counts, then the file name, then the text itself: servers send HTML as text/plain. */
function formatOf({ mediaType, name }: DocumentSource, text: string): DocumentFormat {
  if (mediaType?.includes("html") || /\.x?html?$/i.test(name)) return "html";
  if (mediaType?.includes("markdown") || /\.(?:md|markdown|mdx)$/i.test(name)) return "markdown";
  if (/^\s*(?:<!doctype html|<html[\s>])/i.test(text)) return "html";
  return /\.te?xt$/i.test(name) || !/^#{1,6} \S/m.test(text) ? "text" : "markdown";
}

export function titleFromName(name: string): string {
  const bare = name
    .replace(/[?#].*$/, "")
    .split("/")
    .filter((part) => part !== "")
    .at(-1)
    ?.replace(/\.[a-z0-9]{1,8}$/i, "")
    .replaceAll(/[-_]+/g, " ")
    .trim();
  return bare ? bare.charAt(0).toUpperCase() + bare.slice(1) : "Untitled document";
}
