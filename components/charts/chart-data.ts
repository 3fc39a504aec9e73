import { durationWords } from "../ui/time-words.ts";

/** What the figures are: it decides how they are written and where the axis ends. */
export type ChartUnit = "count" | "ms" | "percent";
export type ChartTone = "accent" | "info" | "ok" | "warn" | "error" | "muted";

/** One line, or one layer of a stack. `dashed` tells lines apart where color alone would have to. */
export type ChartSeries = { key: string; label: string; tone: ChartTone; dashed?: boolean };

/** One moment of the time axis. A value that is not there leaves a gap; percents go from 0 to 100. */
export type ChartPoint = {
  at: string;
  values: Readonly<Record<string, number | undefined>>;
  /** What a click on this moment opens, or a click on one series at it. */
  href?: string | undefined;
  hrefs?: Readonly<Record<string, string>> | undefined;
};

export const TONE_COLOR: Record<ChartTone, string> = {
  accent: "var(--accent-line)",
  info: "var(--info-line)",
  ok: "var(--ok-line)",
  warn: "var(--warn-line)",
  error: "var(--error-line)",
  muted: "var(--muted)",
};

/** A figure with its unit, as the read-out and the table write it. */
export function figureWords(value: number | undefined, unit: ChartUnit): string {
  if (value === undefined) return "–";
  if (unit === "ms") return durationWords(value);
  if (unit === "percent") return `${value >= 99.95 || value === 0 ? value.toFixed(0) : value.toFixed(1)} %`;
  return value.toLocaleString("en", { maximumFractionDigits: value < 10 ? 1 : 0 });
}

/** The same for an axis: short, so that every chart has the same margin. */
export function tickWords(value: number, unit: ChartUnit): string {
  if (unit === "count") return value.toLocaleString("en", { notation: "compact" });
  if (unit === "percent") return `${value} %`;
  if (value < 1_000) return `${Math.round(value)} ms`;
  const seconds = value / 1_000;
  return seconds < 60 ? `${Number(seconds.toFixed(1))} s` : `${Number((seconds / 60).toFixed(1))} min`;
}

/** The smallest of 1, 2, 2.5, 5 and 10 times a power of ten that holds every value: a top that can be read. */
export function axisTop(values: readonly (number | undefined)[], unit: ChartUnit): number {
  if (unit === "percent") return 100;
  const highest = Math.max(0, ...values.map((value) => value ?? 0));
  if (highest === 0) return unit === "ms" ? 100 : 4;
  const power = 10 ** Math.floor(Math.log10(highest));
  const step = [1, 2, 2.5, 5, 10].find((each) => each * power >= highest) ?? 10;
  return unit === "count" ? Math.max(4, step * power) : step * power;
}

const DAY_MS = 86_400_000;

/** How moments are written on the axis: hours within two days, days beyond. In the reader's own zone. */
export function axisTime(spanMs: number): (at: number) => string {
  const format = new Intl.DateTimeFormat(
    "en-GB",
    spanMs <= 2 * DAY_MS ? { hour: "2-digit", minute: "2-digit" } : { day: "numeric", month: "short" },
  );
  return (at) => format.format(at);
}

/** A moment in full, in the reader's own zone. */
export function momentWords(at: number): string {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  }).format(at);
}

/** Whether there is anything to draw. */
export function isEmpty(points: readonly ChartPoint[], series: readonly ChartSeries[]): boolean {
  return !points.some(({ values }) =>
    series.some(({ key }) => values[key] !== undefined && values[key] !== 0),
  );
}
