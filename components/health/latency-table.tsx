import type { MeasuredStage, StageLatency } from "#/lib/health/read-latency.ts";
import { durationWords } from "../ui/time-words.ts";

const WORDS: Record<MeasuredStage, string> = {
  stored: "Stored",
  recorded: "Transcript line recorded",
  retrieved: "Passages retrieved",
  grounded: "Answer grounded",
  emitted: "Card emitted",
  painted: "On screen",
};

/** Numbers first; the bars let the eye compare: from nothing to p50, on to p95, on to p99. */
export function LatencyTable({ stages }: { stages: readonly StageLatency[] }) {
  if (stages.length === 0)
    return (
      <p className="text-sm text-muted">
        No event in this time. Start a call or a chat, and its stages show here.
      </p>
    );
  const longest = Math.max(...stages.map(({ p99 }) => p99), 1);
  const part = (ms: number) => `${Math.max((ms / longest) * 100, 0.5)}%`;
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
          {stages.map(({ stage, count, p50, p95, p99 }) => (
            <tr key={stage}>
              <th scope="row" className="h-8 pr-4 text-left font-normal whitespace-nowrap">
                {WORDS[stage]}
              </th>
              <td className="hidden sm:table-cell">
                <span
                  className="relative block h-2.5 min-w-24 overflow-hidden rounded-sm bg-hover"
                  aria-hidden
                >
                  <span
                    className="absolute inset-y-0 left-0 bg-accent-line/25"
                    style={{ width: part(p99) }}
                  />
                  <span
                    className="absolute inset-y-0 left-0 bg-accent-line/50"
                    style={{ width: part(p95) }}
                  />
                  <span className="absolute inset-y-0 left-0 bg-accent-line" style={{ width: part(p50) }} />
                </span>
              </td>
              {[p50, p95, p99].map((ms, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: three columns that never move.
                <td key={index} className="pl-5 text-right whitespace-nowrap">
                  {durationWords(ms)}
                </td>
              ))}
              <td className="pl-5 text-right text-muted">{count.toLocaleString("en")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
