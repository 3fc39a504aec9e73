import Link from "next/link";
import type { Analytics } from "#/lib/analytics/read-analytics.ts";
import { share } from "../analytics/figure-strip.tsx";
import type { ChartPoint, ChartSeries } from "../charts/chart-data.ts";
import { TimeSeries } from "../charts/time-series.tsx";
import { Button } from "../ui/button.tsx";
import { Card, CardHeader } from "../ui/card.tsx";
import { durationWords } from "../ui/time-words.ts";

type WeekCardProps = { analytics: Analytics; analyticsHref: string };

const SERIES: readonly ChartSeries[] = [
  { key: "used", label: "Used", tone: "ok" },
  { key: "seen", label: "Shown, not used", tone: "accent" },
  { key: "rejected", label: "Rejected", tone: "warn" },
  { key: "unanswered", label: "Unanswered", tone: "muted" },
];

/** How the last seven days went, in a line and a chart; the rest is a page of its own. */
export function WeekCard({ analytics: { total, adoption, steps }, analyticsHref }: WeekCardProps) {
  const points: ChartPoint[] = steps.map((step) => ({
    at: step.from,
    values: {
      used: step.used,
      rejected: step.rejected,
      seen: Math.max(0, step.shown - step.used - step.rejected),
      unanswered: step.unanswered,
    },
  }));
  return (
    <Card>
      <CardHeader
        title="The last 7 days"
        hint={weekWords(total, adoption)}
        actions={
          <Button asChild size="sm">
            <Link href={analyticsHref as never}>Open Analytics</Link>
          </Button>
        }
      />
      <TimeSeries
        label="Questions and what became of them, by day"
        series={SERIES}
        points={points}
        unit="count"
        form="bars"
        height={140}
        table={false}
        empty="No questions in this time. They are counted as soon as a customer asks one."
      />
    </Card>
  );
}

function weekWords(total: Analytics["total"], adoption: Analytics["adoption"]): string {
  if (total.questions === 0) return "No customer has asked anything yet.";
  const waited = total.p95 === undefined ? "" : ` 19 of 20 came within ${durationWords(total.p95)}.`;
  return `${share(adoption.assisted, total.conversations)} of conversations had a suggestion; ${share(total.used, total.shown)} of suggestions were used and ${share(total.unanswered, total.questions)} of questions stayed unanswered.${waited}`;
}
