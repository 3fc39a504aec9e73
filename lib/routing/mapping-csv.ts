import { parse as parseCsv } from "csv-parse/sync";
import type { MappingRow } from "./list-mappings.ts";

/** Columns of the file, in the order that it is written in. Read by their names, in any order. */
export const CSV_COLUMNS = [
  "connection",
  "queue_id",
  "queue_name",
  "knowledge_base",
  "model",
  "threshold",
  "system_prompt",
] as const;
export type CsvColumn = (typeof CSV_COLUMNS)[number];

const REQUIRED: readonly CsvColumn[] = ["connection", "queue_id"];

/** A row of the file with the line that it begins at. `missing` columns say nothing: what they are about stays. */
export type CsvRow = { line: number; values: Partial<Record<CsvColumn, string>> };
export type ReadCsv = { rows: CsvRow[] } | { problem: string };

/** What a spreadsheet would run as a formula is written behind an apostrophe, which is taken off again when read. */
const FORMULA = /^[=+\-@\t\r]/;
const GUARDED = /^'(?=[=+\-@\t\r])/;

/** The mappings as a file that a spreadsheet opens; names instead of ids, so that people can write it. */
export function writeMappingsCsv(mappings: readonly MappingRow[]): string {
  const lines = mappings.map((row) =>
    [
      row.connection,
      row.queueId,
      row.queueName,
      row.knowledgeBase ?? "",
      row.model ?? "",
      row.threshold === undefined ? "" : String(row.threshold),
      row.systemPrompt,
    ].map(cellOf),
  );
  return `${[CSV_COLUMNS, ...lines].map((cells) => cells.join(",")).join("\r\n")}\r\n`;
}

function cellOf(text: string): string {
  const guarded = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

const MOST_ROWS = 2_000;

/** Reads a file as far as it is one; what its rows mean is decided elsewhere. */
export function readMappingsCsv(text: string): ReadCsv {
  const parsed = parsedOf(text);
  if ("problem" in parsed) return parsed;
  const [head, ...body] = parsed.records;
  if (!head) return { problem: "The file is empty. The first line names the columns." };
  const columns = head.record.map((name) => name.trim().toLowerCase());
  const missing = REQUIRED.filter((name) => !columns.includes(name));
  if (missing.length > 0)
    return {
      problem: `Line 1 names the columns, and ${missing.join(" and ")} ${missing.length === 1 ? "is" : "are"} not among them.`,
    };
  const unknown = columns.filter((name) => !CSV_COLUMNS.includes(name as CsvColumn));
  if (unknown.length > 0)
    return {
      problem: `Line 1 names a column that there is not: ${unknown.map((name) => `"${name}"`).join(", ")}. Known are ${CSV_COLUMNS.join(", ")}.`,
    };
  if (body.length > MOST_ROWS)
    return {
      problem: `${MOST_ROWS.toLocaleString("en")} rows at most; this file has ${body.length.toLocaleString("en")}.`,
    };
  return { rows: body.map((record, index) => rowOf(record, columns, body[index - 1] ?? head)) };
}

type Parsed = { record: string[]; info: { lines: number } };

function parsedOf(text: string): { records: Parsed[] } | { problem: string } {
  try {
    const options = { bom: true, info: true, relax_column_count: true, skip_empty_lines: true } as const;
    const delimiter = (text.split("\n", 1)[0] ?? "").includes(";") ? ";" : ",";
    return { records: parseCsv(text, { ...options, delimiter }) as unknown as Parsed[] };
  } catch (error) {
    const line = (error as { lines?: number }).lines;
    const where = line ? ` Look at line ${line} for a quote that is not closed.` : "";
    return { problem: `The file cannot be read as CSV.${where}` };
  }
}

/** The parser counts to a record's end; it begins on the line after the one before it ended. */
function rowOf({ record }: Parsed, columns: readonly string[], before: Parsed): CsvRow {
  const values = Object.fromEntries(
    columns.flatMap((name, at) => {
      const cell = record[at];
      return cell === undefined ? [] : [[name, cell.replace(GUARDED, "").trim()]];
    }),
  );
  return { line: before.info.lines + 1, values };
}
