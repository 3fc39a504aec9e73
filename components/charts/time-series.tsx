"use client";

import dynamic from "next/dynamic";
import { Skeleton } from "../ui/skeleton.tsx";
import type { ChartPoint, ChartSeries, ChartUnit } from "./chart-data.ts";
import { isEmpty } from "./chart-data.ts";
import { ChartLegend } from "./chart-legend.tsx";
import { ChartTable } from "./chart-table.tsx";

export type TimeSeriesProps = {
  /** Names the chart for screen readers, and its table. */
  label: string;
  series: readonly ChartSeries[];
  points: readonly ChartPoint[];
  unit: ChartUnit;
  /** Lines, or bars that stand on each other. */
  form?: "lines" | "bars";
  height?: number;
  /** Charts of one group show the same moment together. */
  group?: string;
  /** Says what would fill it, where there is nothing to draw. */
  empty?: string;
  /** Off where charts of a group share one legend or one table. */
  legend?: boolean;
  table?: boolean;
};

/** The drawing is loaded when a page has one: pages without charts never pay for it. */
const Plot = dynamic(() => import("./plot.tsx").then(({ Plot: loaded }) => loaded), {
  ssr: false,
  loading: () => <Skeleton height="100%" />,
});

/**
 * Figures over time. Arrow keys and the pointer read them out, Enter or a click opens what is behind a moment, and the
 * same figures stand in a table. Loading, empty and full it has the same height.
 */
export function TimeSeries(props: TimeSeriesProps) {
  const { label, series, points, unit, height = 160, legend = true, table = true, empty } = props;
  const nothing = isEmpty(points, series);
  return (
    <div className="min-w-0">
      {legend && series.length > 1 ? <ChartLegend series={series} /> : null}
      <div style={{ height }} className="relative">
        {nothing ? (
          <p className="grid h-full place-items-center rounded-sm border border-dashed px-4 text-center text-sm text-muted">
            {empty ?? "Nothing in this time."}
          </p>
        ) : (
          <Plot {...props} height={height} />
        )}
      </div>
      {table && !nothing ? <ChartTable label={label} series={series} points={points} unit={unit} /> : null}
    </div>
  );
}
