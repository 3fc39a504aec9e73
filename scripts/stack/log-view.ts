import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { styleText } from "node:util";

export type LogView = {
  /** One line of a process's output: whole into its file, rendered on the terminal. */
  write(process: string, line: string): void;
  /** From here on the terminal shows everything from `level` upwards; before, only warnings and errors. */
  show(level: number): void;
};

const MAX_FILE_BYTES = 10 * 1024 * 1024;
const NAME_WIDTH = 9;
const WARN = 40;
const INFO = 30;
const OWN_FIELDS = new Set(["level", "time", "msg", "process", "pid", "hostname", "err"]);

type Entry = Record<string, unknown> & { msg: string; level: number };

/** `quietly` keeps a process's plain lines off the terminal: Postgres and Redis talk to their files only. */
export function createLogView(folder: string, quietly: readonly string[] = []): LogView {
  mkdirSync(folder, { recursive: true });
  let shown = WARN;
  return {
    write(process, line) {
      append(join(folder, `${process}.log`), line);
      const entry = readEntry(line);
      if (entry.level < shown || quietly.includes(process)) return;
      console.log(renderLine(process, entry));
    },
    show(level) {
      shown = level;
    },
  };
}

/** `16:33:06 audiohook call opened connection=...`: one line for the eye; the file has the rest. */
export function renderLine(process: string, entry: Entry): string {
  const time = typeof entry.time === "string" ? new Date(entry.time) : new Date();
  const fields = Object.entries(entry)
    .filter(([key]) => !OWN_FIELDS.has(key))
    .map(([key, value]) => `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`);
  const cause = (entry.err as { message?: string } | undefined)?.message;
  if (cause) fields.push(`cause=${JSON.stringify(cause)}`);
  const text = [entry.msg, ...fields].join(" ");
  const color = entry.level >= 50 ? "red" : entry.level >= WARN ? "yellow" : undefined;
  return `${time.toTimeString().slice(0, 8)} ${process.padEnd(NAME_WIDTH)} ${color ? styleText(color, text) : text}`;
}

/** Pino's JSON, or any other line taken as it is. */
export function readEntry(line: string): Entry {
  if (line.startsWith("{")) {
    try {
      const entry = JSON.parse(line);
      if (typeof entry.msg === "string" && typeof entry.level === "number") return entry;
    } catch {
      // Not pino's after all.
    }
  }
  return { level: INFO, msg: line };
}

function append(file: string, line: string): void {
  if (existsSync(file) && statSync(file).size > MAX_FILE_BYTES) renameSync(file, `${file}.1`);
  appendFileSync(file, `${line}\n`);
}
