import type { HealthSeries } from "#/lib/health/read-series.ts";
import { durationWords } from "../ui/time-words.ts";
import { STAGE_WORDS } from "./stage-words.ts";

/** Numbers first; the bars let the eye compare: from nothing to p50, on to p95, on to p99. */
export function LatencyTable({ stages }: { stages: HealthSeries["stages"] }) {
  const longest = Math.max(...stages.map(({ latency }) => latency.p99), 1);
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-base">
        <caption className="sr-only">Percentiles of the time from the door to each stage</caption>
        <thead>
          <tr className="text-xs text-muted">
            <th scope="col" className="h-7 pr-4 text-left font-medium whitespace-nowrap">
              Stage
            </th>
            <th scope="col" className="hidden w-full font-medium sm:table-cell">
              <span className="sr-only">Bar</span>
            </th>
            {["p50", "p95", "p99", "Events"].map((name) => (
              <th key={name} scope="col" className="pl-5 text-right font-medium whitespace-nowrap">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {stages.map(({ stage, latency: { count, p50, p95, p99 } }) => (
            <tr key={stage}>
              <th scope="row" className="h-8 pr-4 text-left font-normal whitespace-nowrap">
                {STAGE_WORDS[stage]}
              </th>
              <td className="hidden sm:table-cell">
                <PercentileBar parts={[p99, p95, p50].map((ms) => ms / longest)} />
              </td>
              <Figure>{durationWords(p50)}</Figure>
              <Figure>{durationWords(p95)}</Figure>
              <Figure>{durationWords(p99)}</Figure>
              <td className="pl-5 text-right text-muted tabular-nums">{count.toLocaleString("en")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Figure({ children }: { children: string }) {
  return <td className="pl-5 text-right whitespace-nowrap tabular-nums">{children}</td>;
}

const SHADES = ["bg-accent-line/25", "bg-accent-line/50", "bg-accent-line"];

function PercentileBar({ parts }: { parts: readonly number[] }) {
  return (
    <span className="relative block h-2.5 min-w-24 overflow-hidden rounded-sm bg-hover" aria-hidden>
      {parts.map((part, index) => (
        <span
          key={SHADES[index]}
          className={`absolute inset-y-0 left-0 ${SHADES[index]}`}
          style={{ width: `${Math.max(part * 100, 0.5)}%` }}
        />
      ))}
    </span>
  );
}
