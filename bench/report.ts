import { availableParallelism, loadavg } from "node:os";

export type Row = Record<string, string | number | boolean>;

/** The value below which this share of the measurements lies (nearest rank); NaN without any. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export function round(value: number, digits = 0): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}

/** A table for the eye and one line of JSON for everything else; both say how busy the machine was. */
export function printReport(bench: string, rows: readonly Row[], detail: object = {}): void {
  const machine = { cores: availableParallelism(), load: loadavg().map((value) => round(value, 1)) };
  console.table(rows);
  console.log(`load average ${machine.load.join(", ")} on ${machine.cores} cores`);
  console.log(JSON.stringify({ bench, at: new Date().toISOString(), machine, rows, ...detail }));
}

/** What a benchmark was given by `npm run bench`, or by hand. */
export function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run this benchmark with "npm run bench".`);
  return value;
}
