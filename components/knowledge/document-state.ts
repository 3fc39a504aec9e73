import type { State } from "#/components/ui/badge.tsx";
import type { DocumentRow } from "#/lib/knowledge/list-documents.ts";

export const DOCUMENT_STATES: Record<DocumentRow["state"], { state: State; word: string }> = {
  queued: { state: "waiting", word: "queued" },
  reading: { state: "busy", word: "reading" },
  embedding: { state: "busy", word: "embedding" },
  ready: { state: "ok", word: "ready" },
  failed: { state: "error", word: "failed" },
  gone: { state: "off", word: "gone" },
};

/** Where a document comes from, in a word. */
export function sourceWord({ source, siteId }: Pick<DocumentRow, "source" | "siteId">): string {
  if (siteId !== undefined) return "site";
  return source === "web" ? "web page" : source === "api" ? "API" : "file";
}

/** Under what name its source knows a document; a program that gave none knows it by our id. */
export function originWords({
  source,
  origin,
  externalId,
}: Pick<DocumentRow, "source" | "origin" | "externalId">): string {
  return source === "api" ? (externalId ?? "") : origin;
}

export function sizeWords(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
