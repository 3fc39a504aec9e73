"use client";

import { useRouter } from "next/navigation";
import { memo, useRef } from "react";
import {
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { axisTime, axisTop, type ChartPoint, type ChartSeries, TONE_COLOR, tickWords } from "./chart-data.ts";
import { ReadOut } from "./read-out.tsx";
import type { TimeSeriesProps } from "./time-series.tsx";

type PlotProps = TimeSeriesProps & { height: number };

const TICK = { fill: "var(--muted)", fontSize: 11 } as const;
const MARGIN = { top: 6, right: 8, bottom: 0, left: 0 } as const;
const AXIS_WIDTH = 46;

/** The drawing itself. A page that reads its data again draws again only where figures changed. */
export const Plot = memo(DrawnPlot, (one, other) => JSON.stringify(one) === JSON.stringify(other));

function DrawnPlot({ label, series, points, unit, form = "lines", group, height }: PlotProps) {
  const router = useRouter();
  const read = useRef<number>(undefined);
  const rows = points.map(({ at, values }) => ({ at: Date.parse(at), ...values }));
  const span = (rows.at(-1)?.at ?? 0) - (rows[0]?.at ?? 0);
  const top = axisTop(form === "bars" ? sums(points, series) : flat(points, series), unit);
  const open = (index: number | undefined, key?: string) => {
    const point = index === undefined ? undefined : points[index];
    const href = (key && point?.hrefs?.[key]) || point?.href;
    if (href) router.push(href as never);
  };
  const opens = points.some(({ href, hrefs }) => href || hrefs);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the drawing inside is what takes the focus.
    <div
      className={opens ? "h-full [&_.recharts-surface]:cursor-pointer" : "h-full"}
      onKeyDown={(event) => event.key === "Enter" && open(read.current)}
    >
      <ResponsiveContainer width="100%" height={height}>
        <ComposedChart
          data={rows}
          margin={MARGIN}
          accessibilityLayer
          aria-label={opens ? `${label}. Arrow keys read it out, Enter opens the events.` : label}
          {...(group && { syncId: group })}
          onClick={({ activeTooltipIndex: at }) => open(at == null ? undefined : Number(at))}
        >
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="at"
            tickFormatter={axisTime(span)}
            tick={TICK}
            tickLine={false}
            axisLine={{ stroke: "var(--line-strong)" }}
            minTickGap={40}
            height={22}
          />
          <YAxis
            domain={[0, top]}
            ticks={[0, top / 2, top]}
            tickFormatter={(value: number) => tickWords(value, unit)}
            tick={TICK}
            tickLine={false}
            axisLine={false}
            width={AXIS_WIDTH}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={form === "bars" ? { fill: "var(--hover)" } : { stroke: "var(--line-strong)" }}
            content={({ active, label: at, activeIndex }) => {
              read.current = active && activeIndex != null ? Number(activeIndex) : undefined;
              const point = active ? points.find((each) => Date.parse(each.at) === at) : undefined;
              return point ? <ReadOut point={point} series={series} unit={unit} /> : null;
            }}
          />
          {series.map((each) =>
            form === "bars" ? stackedBar(each) : line(each, (index) => open(index, each.key)),
          )}
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}

function line({ key, label, tone, dashed }: ChartSeries, onOpen: (index: number) => void) {
  const color = TONE_COLOR[tone];
  return (
    <Line
      key={key}
      dataKey={key}
      name={label}
      type="linear"
      stroke={color}
      strokeWidth={1.5}
      {...(dashed && { strokeDasharray: "4 3" })}
      // A single point between gaps would not be seen as a line.
      dot={{ r: 1.25, fill: color, strokeWidth: 0 }}
      activeDot={{
        r: 4,
        stroke: "var(--surface)",
        onClick: (dot: unknown, event: unknown) => {
          stop(event);
          const { index } = dot as { index?: unknown };
          if (typeof index === "number") onOpen(index);
        },
      }}
      isAnimationActive={false}
    />
  );
}

/** A click on a dot is that line's own, not the whole moment's. */
function stop(event: unknown): void {
  (event as { stopPropagation?: () => void } | undefined)?.stopPropagation?.();
}

function stackedBar({ key, label, tone }: ChartSeries) {
  return (
    <Bar
      key={key}
      dataKey={key}
      name={label}
      stackId="one"
      fill={TONE_COLOR[tone]}
      isAnimationActive={false}
    />
  );
}

function flat(points: readonly ChartPoint[], series: readonly ChartSeries[]) {
  return points.flatMap(({ values }) => series.map(({ key }) => values[key]));
}

function sums(points: readonly ChartPoint[], series: readonly ChartSeries[]) {
  return points.map(({ values }) => series.reduce((sum, { key }) => sum + (values[key] ?? 0), 0));
}
