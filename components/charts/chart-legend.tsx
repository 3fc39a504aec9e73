import { type ChartSeries, TONE_COLOR } from "./chart-data.ts";

/** Which line is which: the stroke as it is drawn, and its name. */
export function ChartLegend({ series }: { series: readonly ChartSeries[] }) {
  return (
    <ul className="mb-1 flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
      {series.map(({ key, label, tone, dashed }) => (
        <li key={key} className="flex items-center gap-1.5">
          <svg width="16" height="8" aria-hidden>
            <line
              x1="0"
              x2="16"
              y1="4"
              y2="4"
              stroke={TONE_COLOR[tone]}
              strokeWidth="2"
              strokeDasharray={dashed ? "4 3" : undefined}
            />
          </svg>
          {label}
        </li>
      ))}
    </ul>
  );
}
