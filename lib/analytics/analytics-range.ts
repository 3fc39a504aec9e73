export const ANALYTICS_RANGES = {
  "24h": { days: 1, words: "the last 24 hours" },
  "7d": { days: 7, words: "the last 7 days" },
  "30d": { days: 30, words: "the last 30 days" },
  "90d": { days: 90, words: "the last 90 days" },
} as const;
export type AnalyticsRange = keyof typeof ANALYTICS_RANGES;

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const UTC = "UTC";

/** A stretch of time, cut into days of the reader's zone, or into hours where it is one day. */
export type Period = { from: Date; to: Date; step: "hour" | "day"; zone: string };

export function parseRange(text: string | undefined): AnalyticsRange {
  return text !== undefined && Object.hasOwn(ANALYTICS_RANGES, text) ? (text as AnalyticsRange) : "7d";
}

/** The zone that the reader's browser named, or UTC: it comes from a cookie, and that is anybody's to write. */
export function parseZone(text: string | undefined): string {
  if (!text || text.length > 64) return UTC;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    return UTC;
  }
}

export function periodOf(range: AnalyticsRange, zone: string, nowMs: number): Period {
  const { days } = ANALYTICS_RANGES[range];
  return {
    from: new Date(nowMs - days * DAY_MS),
    to: new Date(nowMs),
    step: days === 1 ? "hour" : "day",
    zone,
  };
}

export type Step = { key: string; from: Date };

const QUARTER_MS = HOUR_MS / 4;

/** Every step of a period with its beginning, so that a quiet day is a zero and not a hole. */
export function stepsOf({ from, to, step, zone }: Period): Step[] {
  const key = stepKey(step, zone);
  const steps: Step[] = [];
  const note = (at: number) => {
    if (steps.at(-1)?.key !== key(at)) steps.push({ key: key(at), from: new Date(firstOf(key, at)) });
  };
  // By the hour, also for days: a day may be 23 or 25 hours long.
  for (let at = Math.floor(from.getTime() / HOUR_MS) * HOUR_MS; at < to.getTime(); at += HOUR_MS) note(at);
  note(to.getTime() - 1);
  return steps;
}

/** Zones may be off by quarters of an hour: the step may have begun before the sampled moment. */
function firstOf(key: (at: number) => string, at: number): number {
  let first = Math.floor(at / QUARTER_MS) * QUARTER_MS;
  for (let tries = 0; tries < 3 && key(first - QUARTER_MS) === key(at); tries += 1) first -= QUARTER_MS;
  return first;
}

/** `2026-03-01`, or `2026-03-01 14:00` for an hour, in the zone: what SQL's `to_char` answers as well. */
function stepKey(step: "hour" | "day", zone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    hourCycle: "h23",
  });
  return (at) => {
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
    const day = `${part.year}-${part.month}-${part.day}`;
    return step === "day" ? day : `${day} ${part.hour}:00`;
  };
}
