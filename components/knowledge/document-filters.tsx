"use client";

import { FilterChips } from "#/components/ui/filter-chips.tsx";
import type { BasePage } from "#/lib/knowledge/read-base.ts";

const FILTERS = [
  {
    key: "state",
    label: "State",
    options: [
      { value: "ready", label: "Ready" },
      { value: "work", label: "In work" },
      { value: "failed", label: "Failed" },
      { value: "gone", label: "Gone from its site" },
    ],
  },
  {
    key: "source",
    label: "Source",
    options: [
      { value: "upload", label: "File" },
      { value: "web", label: "Web page" },
      { value: "site", label: "Site" },
      { value: "api", label: "API" },
    ],
  },
  { key: "order", label: "Order", options: [{ value: "newest", label: "Newest first" }] },
];

/** What of a base's documents is listed, kept in the address. */
export function DocumentFilters({ base, matching }: { base: BasePage; matching: number }) {
  const all = base.documents;
  const words = all === 1 ? "document" : "documents";
  const count =
    matching === all
      ? all.toLocaleString("en")
      : `${matching.toLocaleString("en")} of ${all.toLocaleString("en")}`;
  return (
    <FilterChips
      filters={FILTERS}
      search={{ name: "q", placeholder: "Title, file or address" }}
      count={`${count} ${words}${base.inWork > 0 ? `, ${base.inWork.toLocaleString("en")} in work` : ""}`}
    />
  );
}
