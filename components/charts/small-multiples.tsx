import type { ReactNode } from "react";
import type { ChartPoint, ChartSeries, ChartUnit } from "./chart-data.ts";
import { ChartLegend } from "./chart-legend.tsx";
import { TimeSeries } from "./time-series.tsx";

export type SmallChart = {
  key: string;
  title: string;
  /** The figures of the whole time, at the title's right. */
  figures?: ReactNode;
  points: readonly ChartPoint[];
};

type SmallMultiplesProps = {
  charts: readonly SmallChart[];
  series: readonly ChartSeries[];
  unit: ChartUnit;
  /** Names the shared time axis: a moment that is read out in one chart is read out in all. */
  group: string;
  height?: number;
};

/** The same lines for several things, each with its own scale, over one time axis and under one legend. */
export function SmallMultiples({ charts, series, unit, group, height = 112 }: SmallMultiplesProps) {
  return (
    <div>
      <ChartLegend series={series} />
      <div className="mt-2 grid gap-x-6 gap-y-5 md:grid-cols-2 min-[85rem]:grid-cols-3">
        {charts.map(({ key, title, figures, points }) => (
          <section key={key} aria-label={title} className="min-w-0">
            <div className="mb-1 flex flex-wrap items-baseline justify-between gap-x-3">
              <h3 className="text-sm font-medium">{title}</h3>
              {figures ? <span className="text-xs text-muted tabular-nums">{figures}</span> : null}
            </div>
            <TimeSeries
              label={title}
              series={series}
              points={points}
              unit={unit}
              group={group}
              height={height}
              legend={false}
            />
          </section>
        ))}
      </div>
    </div>
  );
}
