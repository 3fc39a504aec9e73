import type { IndexChunk } from "./build-index.ts";

/** Where in its document a passage stands, for those who cite it: headings below the title, then the page. */
export function placeOf({
  title,
  headingPath,
  page,
}: Pick<IndexChunk, "title" | "headingPath" | "page">): string[] {
  const headings = headingPath.filter((heading) => heading !== title);
  return page === undefined ? headings : [...headings, `p. ${page}`];
}
