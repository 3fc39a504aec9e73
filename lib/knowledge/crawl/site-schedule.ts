import type { SiteSchedule } from "#/drizzle/schema/sites.ts";

const DAY_MS = 86_400_000;
const PAUSES: Record<SiteSchedule, number | undefined> = {
  off: undefined,
  daily: DAY_MS,
  weekly: 7 * DAY_MS,
};

export function nextRunAfter(schedule: SiteSchedule, at: Date): Date | null {
  const pause = PAUSES[schedule];
  return pause === undefined ? null : new Date(at.getTime() + pause);
}
