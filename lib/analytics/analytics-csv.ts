import type { KnowledgeGap } from "./gap.ts";
import type { Analytics, Figures } from "./read-analytics.ts";

export const CSV_TABLES = ["time", "queues", "agents", "gaps"] as const;
export type CsvTable = (typeof CSV_TABLES)[number];

type Cell = string | number | undefined;

const FIGURES = [
  "conversations",
  "questions",
  "shown",
  "used",
  "copied",
  "inserted",
  "sent",
  "helpful",
  "rejected",
  "unanswered",
] as const satisfies readonly (keyof Figures)[];
const HEAD = [...FIGURES, "time to suggestion p50 ms", "time to suggestion p95 ms"];
const figuresOf = (row: Figures): Cell[] => [...FIGURES.map((name) => row[name]), row.p50, row.p95];

export function figuresCsv(table: Exclude<CsvTable, "gaps">, analytics: Analytics): string {
  switch (table) {
    case "time":
      return csv(
        ["from", ...HEAD],
        analytics.steps.map((row) => [row.step, ...figuresOf(row)]),
      );
    case "queues":
      return csv(
        ["queue", "queue id", ...HEAD],
        analytics.queues.map((row) => [row.name, row.id, ...figuresOf(row)]),
      );
    case "agents":
      return csv(
        ["agent", "agent id", "widget", ...HEAD],
        analytics.agents.map((row) => [row.name, row.id, row.withWidget ? "yes" : "no", ...figuresOf(row)]),
      );
  }
}

export function gapsCsv(gaps: readonly KnowledgeGap[]): string {
  return csv(
    ["question", "count", "unanswered", "rejected", "later half", "earlier half", "likely cause", "queues"],
    gaps.map((gap) => [
      gap.question,
      gap.count,
      gap.unanswered,
      gap.rejected,
      gap.lately,
      gap.before,
      gap.cause,
      gap.queues.join("; "),
    ]),
  );
}

function csv(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return `${[head, ...rows].map((row) => row.map(cellText).join(",")).join("\r\n")}\r\n`;
}

/** A text that a spreadsheet would take for a formula is somebody's words, and is marked as text. */
function cellText(value: Cell): string {
  if (value === undefined) return "";
  if (typeof value === "number") return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
