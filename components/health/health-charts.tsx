import type { HealthPoint, HealthRange, HealthSeries, MeasuredStage } from "#/lib/health/read-series.ts";
import type { ChartPoint, ChartSeries } from "../charts/chart-data.ts";
import { SmallMultiples } from "../charts/small-multiples.tsx";
import { TimeSeries } from "../charts/time-series.tsx";
import { Card, CardHeader } from "../ui/card.tsx";
import { durationWords } from "../ui/time-words.ts";
import { LatencyTable } from "./latency-table.tsx";
import { STAGE_WORDS } from "./stage-words.ts";

type Gauges = ReadonlyMap<string, { widgets?: number; calls?: number }>;

type HealthChartsProps = {
  series: HealthSeries;
  gauges: Gauges;
  /** The inspector, where a point opens the events behind it; undefined for who may not look there. */
  eventsHref: string | undefined;
  range: HealthRange;
};

const EVERY: Record<HealthRange, string> = {
  "1h": "minute",
  "24h": "15 minutes",
  "7d": "2 hours",
  "30d": "6 hours",
};

const PERCENTILES: readonly ChartSeries[] = [
  { key: "p50", label: "p50", tone: "accent" },
  { key: "p95", label: "p95", tone: "info", dashed: true },
  { key: "p99", label: "p99", tone: "warn", dashed: true },
];

/** What came, what arrived, who was connected and how long each stage took, over one time axis. */
export function HealthCharts({ series, gauges, eventsHref, range }: HealthChartsProps) {
  const { points, totals, stages } = series;
  const behind = (point: HealthPoint, more = "") =>
    eventsHref && point.events > 0 ? `${eventsHref}?from=${point.from}&to=${point.to}${more}` : undefined;
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-4 lg:grid-cols-3">
        <Card>
          <CardHeader
            title={`Events each ${EVERY[range]}`}
            hint={`${totals.events.toLocaleString("en")} in all`}
          />
          <TimeSeries
            label={`Events each ${EVERY[range]}`}
            group="health"
            unit="count"
            form="bars"
            series={[
              { key: "failed", label: "Failed", tone: "error" },
              { key: "fine", label: "Worked", tone: "accent" },
            ]}
            points={points.map((point) => ({
              at: point.from,
              values: { failed: point.dead, fine: point.events - point.dead },
              href: behind(point),
            }))}
            empty="No event in this time. Start a call or a chat, and it shows here."
          />
        </Card>
        <Card>
          <CardHeader title="Delivery rate" hint={rateWords(totals)} />
          <TimeSeries
            label="Cards that arrived at a widget, in percent"
            group="health"
            unit="percent"
            series={[{ key: "rate", label: "Arrived", tone: "ok" }]}
            points={points.map((point) => ({
              at: point.from,
              values: { rate: rateOf(point) },
              href: behind(point, "&stage=emitted"),
            }))}
            height={182}
            empty="No card was sent in this time."
          />
        </Card>
        <Card>
          <CardHeader title="Widgets and calls" hint="The most at once, of the whole service" />
          <TimeSeries
            label="Connected widgets and calls"
            group="health"
            unit="count"
            series={[
              { key: "widgets", label: "Widgets", tone: "accent" },
              { key: "calls", label: "Calls", tone: "info", dashed: true },
            ]}
            points={points.map(({ from }) => ({ at: from, values: { ...gauges.get(from) } }))}
            empty="No widget was connected, and no call came in."
          />
        </Card>
      </div>
      <Card>
        <CardHeader
          title="Time to each stage"
          hint="From the door to the stage; read from histograms, at most 2 % off. Replays are left out, and so are cards that were fetched more than a minute later."
        />
        {stages.length === 0 ? (
          <p className="text-sm text-muted">
            No event in this time. Start a call or a chat, and its stages show here.
          </p>
        ) : (
          <div className="flex flex-col gap-6">
            <LatencyTable stages={stages} />
            <SmallMultiples
              group="health"
              unit="ms"
              series={PERCENTILES}
              charts={stages.map(({ stage, latency }) => ({
                key: stage,
                title: STAGE_WORDS[stage],
                figures: `p95 ${durationWords(latency.p95)}`,
                points: points.map((point) => stagePoint(point, stage, behind)),
              }))}
            />
          </div>
        )}
      </Card>
    </div>
  );
}

/** A click on a moment opens the events of the stage; one on a line, those that took at least as long. */
function stagePoint(
  point: HealthPoint,
  stage: MeasuredStage,
  behind: (point: HealthPoint, more: string) => string | undefined,
): ChartPoint {
  const latency = point.stages[stage];
  const slower = (ms: number | undefined) =>
    behind(point, `&stage=${stage}&slower=${Math.floor((ms ?? 0) * 0.98)}`);
  const hrefs = Object.entries({ p95: slower(latency?.p95), p99: slower(latency?.p99) });
  return {
    at: point.from,
    values: { p50: latency?.p50, p95: latency?.p95, p99: latency?.p99 },
    href: latency && behind(point, `&stage=${stage}`),
    hrefs: Object.fromEntries(hrefs.flatMap(([key, href]) => (latency && href ? [[key, href]] : []))),
  };
}

function rateOf({ emitted, acknowledged }: { emitted: number; acknowledged: number }): number | undefined {
  return emitted === 0 ? undefined : (acknowledged / emitted) * 100;
}

function rateWords(totals: HealthSeries["totals"]): string {
  const rate = rateOf(totals);
  if (rate === undefined) return "No card was sent in this time";
  const { acknowledged, emitted } = totals;
  return `${acknowledged.toLocaleString("en")} of ${emitted.toLocaleString("en")} cards arrived at a widget, ${rate.toFixed(1)} %`;
}
