import Link from "next/link";
import type { HealthRange, RateBucket } from "#/lib/health/read-rates.ts";
import { Card, CardHeader } from "../ui/card.tsx";
import { durationWords } from "../ui/time-words.ts";
import { ChartFrame } from "./chart-frame.tsx";
import { niceMax, segments } from "./chart-scale.ts";
import { ChartTable } from "./chart-table.tsx";

type HealthChartsProps = {
  buckets: readonly RateBucket[];
  /** The inspector, where a bar opens the events behind it; undefined for who may not look there. */
  eventsHref: string | undefined;
  range: HealthRange;
};

const BAR = 10;
const HEIGHT = 100;

/** Two charts over one time axis: how much came in, and how long it took. */
export function HealthCharts({ buckets, eventsHref, range }: HealthChartsProps) {
  const every = range === "1h" ? "minute" : "15 minutes";
  const total = buckets.reduce((sum, { events }) => sum + events, 0);
  return (
    <div className="grid gap-4 xl:grid-cols-2">
      <Card>
        <CardHeader
          title={`Events each ${every}`}
          hint={`${total.toLocaleString("en")} in all; failed ones in red, at the foot.`}
        />
        <RateChart buckets={buckets} eventsHref={eventsHref} />
      </Card>
      <Card>
        <CardHeader title="From the door to the card" hint="p50 as a full line, p95 as a broken one." />
        <LatencyChart buckets={buckets} />
      </Card>
      <div className="xl:col-span-2">
        <ChartTable buckets={buckets} eventsHref={eventsHref} />
      </div>
    </div>
  );
}

type RateChartProps = Pick<HealthChartsProps, "buckets" | "eventsHref">;

function RateChart({ buckets, eventsHref }: RateChartProps) {
  const top = niceMax(buckets.map(({ events }) => events));
  const y = (count: number) => (count / top) * HEIGHT;
  return (
    <ChartFrame top={top.toLocaleString("en")} buckets={buckets}>
      <svg
        viewBox={`0 0 ${buckets.length * BAR} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-full w-full"
        aria-hidden
      >
        {buckets.map((bucket, index) => {
          const bar = (
            <g key={bucket.from}>
              <title>{`${clock(bucket.from)}: ${bucket.events} events, ${bucket.dead} failed`}</title>
              <rect
                x={index * BAR}
                y={0}
                width={BAR}
                height={HEIGHT}
                className="fill-transparent hover:fill-hover"
              />
              <rect
                x={index * BAR + 1}
                y={HEIGHT - y(bucket.events)}
                width={BAR - 2}
                height={y(bucket.events)}
                className="pointer-events-none fill-accent-line"
              />
              <rect
                x={index * BAR + 1}
                y={HEIGHT - y(bucket.dead)}
                width={BAR - 2}
                height={y(bucket.dead)}
                className="pointer-events-none fill-error-line"
              />
            </g>
          );
          return eventsHref && bucket.events > 0 ? (
            <Link
              key={bucket.from}
              href={`${eventsHref}?from=${bucket.from}&to=${bucket.to}` as never}
              tabIndex={-1}
              prefetch={false}
            >
              {bar}
            </Link>
          ) : (
            bar
          );
        })}
      </svg>
    </ChartFrame>
  );
}

function LatencyChart({ buckets }: { buckets: readonly RateBucket[] }) {
  const top = niceMax(buckets.map(({ p95 }) => p95 ?? 0));
  const line = (values: readonly (number | undefined)[], broken: boolean) =>
    segments(values).map((run) => (
      <polyline
        key={run[0]?.x}
        // A single point is drawn as a short line, or nobody would see it.
        points={run
          .flatMap(({ x, y }) => (run.length === 1 ? [at(x - 0.3, y), at(x + 0.3, y)] : [at(x, y)]))
          .join(" ")}
        fill="none"
        strokeWidth={1.5}
        strokeDasharray={broken ? "3 3" : undefined}
        vectorEffect="non-scaling-stroke"
        className={broken ? "stroke-info-line" : "stroke-accent-line"}
      />
    ));
  const at = (x: number, y: number) => `${(x + 0.5) * BAR},${HEIGHT - (y / top) * HEIGHT}`;
  return (
    <ChartFrame top={durationWords(top)} buckets={buckets}>
      <svg
        viewBox={`0 0 ${buckets.length * BAR} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-full w-full overflow-visible"
        aria-hidden
      >
        {line(
          buckets.map(({ p95 }) => p95),
          true,
        )}
        {line(
          buckets.map(({ p50 }) => p50),
          false,
        )}
      </svg>
    </ChartFrame>
  );
}

function clock(iso: string): string {
  return `${iso.slice(11, 16)} UTC`;
}
