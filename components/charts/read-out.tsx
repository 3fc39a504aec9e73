import {
  type ChartPoint,
  type ChartSeries,
  type ChartUnit,
  figureWords,
  momentWords,
  TONE_COLOR,
} from "./chart-data.ts";

type ReadOutProps = { point: ChartPoint; series: readonly ChartSeries[]; unit: ChartUnit };

/** The figures of one moment, beside the pointer. */
export function ReadOut({ point, series, unit }: ReadOutProps) {
  return (
    <div className="rounded-md bg-raised px-3 py-2 text-xs shadow-float">
      <p className="mb-1 font-medium">{momentWords(Date.parse(point.at))}</p>
      <table>
        <tbody>
          {series.map(({ key, label, tone }) => (
            <tr key={key}>
              <th scope="row" className="pr-4 text-left font-normal text-muted">
                <span className="flex items-center gap-1.5">
                  <span className="size-2 rounded-sm" style={{ background: TONE_COLOR[tone] }} aria-hidden />
                  {label}
                </span>
              </th>
              <td className="text-right tabular-nums">{figureWords(point.values[key], unit)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {point.href ? <p className="mt-1 text-muted">Click to open</p> : null}
    </div>
  );
}
