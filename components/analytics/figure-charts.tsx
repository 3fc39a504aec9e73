import type { Analytics } from "#/lib/analytics/read-analytics.ts";
import type { ChartPoint, ChartSeries } from "../charts/chart-data.ts";
import { TimeSeries } from "../charts/time-series.tsx";
import { Card, CardHeader } from "../ui/card.tsx";

type FigureChartsProps = {
  steps: Analytics["steps"];
  /** Address of the list of conversations; a moment of a chart opens those of its time. */
  conversationsHref: string | undefined;
};

const GROUP = "analytics";
const EMPTY = "No questions in this time. They are counted as soon as a customer asks one.";

const ANSWERS: readonly ChartSeries[] = [
  { key: "used", label: "Used", tone: "ok" },
  { key: "seen", label: "Shown, not used", tone: "accent" },
  { key: "rejected", label: "Rejected", tone: "warn" },
  { key: "unanswered", label: "Unanswered", tone: "muted" },
];
const TIMES: readonly ChartSeries[] = [
  { key: "p50", label: "p50", tone: "accent" },
  { key: "p95", label: "p95", tone: "warn", dashed: true },
];
const TALKS: readonly ChartSeries[] = [{ key: "conversations", label: "Conversations", tone: "accent" }];

export function FigureCharts({ steps, conversationsHref }: FigureChartsProps) {
  const points: ChartPoint[] = steps.map((step) => ({
    at: step.from,
    href: conversationsHref && `${conversationsHref}?from=${step.from}&to=${step.to}`,
    values: {
      conversations: step.conversations,
      used: step.used,
      rejected: step.rejected,
      seen: Math.max(0, step.shown - step.used - step.rejected),
      unanswered: step.unanswered,
      p50: step.p50,
      p95: step.p95,
    },
  }));
  return (
    <div className="grid gap-4 lg:grid-cols-2 2xl:grid-cols-[2fr_1fr_1fr]">
      <div className="min-w-0 lg:col-span-2 2xl:col-span-1">
        <Card>
          <CardHeader title="Questions and what became of them" />
          <TimeSeries
            label="Questions"
            series={ANSWERS}
            points={points}
            unit="count"
            form="bars"
            group={GROUP}
            height={220}
            empty={EMPTY}
          />
        </Card>
      </div>
      <Card>
        <CardHeader title="Time to suggestion" />
        <TimeSeries
          label="Time to suggestion"
          series={TIMES}
          points={points}
          unit="ms"
          group={GROUP}
          height={220}
          empty={EMPTY}
        />
      </Card>
      <Card>
        <CardHeader title="Conversations" />
        <TimeSeries
          label="Conversations"
          series={TALKS}
          points={points}
          unit="count"
          form="bars"
          group={GROUP}
          height={220}
          empty="No conversations in this time."
        />
      </Card>
    </div>
  );
}
