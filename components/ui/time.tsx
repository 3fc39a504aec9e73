"use client";

import { useSyncExternalStore } from "react";
import { durationWords, exactTime, relativeTime } from "./time-words.ts";

const TICK_MS = 10_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = Date.now();

/** One clock for all times on a page, running only while there are any. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The clock stands between ticks, but never before `at`'s own render. */
function readNow(): number {
  if (typeof window === "undefined" || Date.now() - now > TICK_MS) now = Date.now();
  return now;
}

/** A row that came since the last tick lies ahead of the clock without being in the future. */
function justBefore(current: number, moment: number): boolean {
  return moment > current && moment - current <= TICK_MS;
}

type RelativeTimeProps = { at: Date | string | number };

/** How long ago; the exact moment on hover, and in what is copied. */
export function RelativeTime({ at }: RelativeTimeProps) {
  const moment = new Date(at).getTime();
  const current = useSyncExternalStore(subscribe, readNow, readNow);
  const exact = exactTime(moment);
  return (
    <time dateTime={new Date(moment).toISOString()} title={exact} className="relative whitespace-nowrap">
      <span className="select-none" suppressHydrationWarning>
        {relativeTime(moment, justBefore(current, moment) ? moment : current)}
      </span>
      <span className="sr-only" aria-hidden>
        {exact}
      </span>
    </time>
  );
}

/** The time of day to the second, in the reader's zone; the date and UTC on hover. */
export function ClockTime({ at }: RelativeTimeProps) {
  const moment = new Date(at);
  return (
    <time
      dateTime={moment.toISOString()}
      title={exactTime(moment.getTime())}
      className="font-mono text-sm whitespace-nowrap"
      suppressHydrationWarning
    >
      {moment.toLocaleTimeString("en-GB")}
    </time>
  );
}

/** A duration with its unit, for number columns. */
export function Duration({ ms }: { ms: number | undefined | null }) {
  if (ms === undefined || ms === null) return <span className="text-muted">–</span>;
  return <span className="whitespace-nowrap tabular-nums">{durationWords(ms)}</span>;
}
