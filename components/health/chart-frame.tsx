import type { ReactNode } from "react";
import type { RateBucket } from "#/lib/health/read-rates.ts";
import { ClockTime } from "../ui/time.tsx";

type ChartFrameProps = { top: string; buckets: readonly RateBucket[]; children: ReactNode };

/** The axes around a drawing: the top of the scale, and the two ends of the time that charts share. */
export function ChartFrame({ top, buckets, children }: ChartFrameProps) {
  const [first] = buckets;
  const middle = buckets[Math.floor(buckets.length / 2)];
  return (
    <div>
      <div className="flex gap-2">
        <div
          className="flex w-14 shrink-0 flex-col justify-between text-right text-xs text-muted tabular-nums"
          aria-hidden
        >
          <span>{top}</span>
          <span>0</span>
        </div>
        <div className="relative h-32 min-w-0 flex-1 border-t border-b border-t-line border-b-line-strong [background:linear-gradient(var(--line),var(--line))_0_50%/100%_1px_no-repeat]">
          {children}
        </div>
      </div>
      <div className="mt-1 flex justify-between pl-16 text-xs text-muted" aria-hidden>
        {first ? <ClockTime at={first.from} /> : null}
        {middle ? <ClockTime at={middle.from} /> : null}
        <span>now</span>
      </div>
    </div>
  );
}
