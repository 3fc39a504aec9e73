import type { Waterfall } from "#/lib/inspector/waterfall.ts";
import { durationWords, exactTime } from "../ui/time-words.ts";
import { stageWord } from "./event-words.ts";

const percent = (part: number) => `${(part * 100).toFixed(2)}%`;

/** Each stage with what it took; bars share one time axis, and a wait that would flatten the rest is drawn cut. */
export function WaterfallChart({ waterfall }: { waterfall: Waterfall }) {
  const { steps, startedAt, totalMs } = waterfall;
  if (steps.length === 0) return <p className="text-sm text-muted">No stage has left its time yet.</p>;
  return (
    <table className="w-full border-separate border-spacing-0 text-sm">
      <caption className="sr-only">
        Stages of this event and how long each took, {durationWords(totalMs)} in all
      </caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Stage</th>
          <th scope="col">Bar</th>
          <th scope="col">Took</th>
          <th scope="col">Since received</th>
        </tr>
      </thead>
      <tbody>
        {steps.map((step) => (
          <tr key={step.stage} title={exactTime(step.at)}>
            <th scope="row" className="w-px pr-3 text-left font-normal whitespace-nowrap text-muted">
              {stageWord(step.stage)}
            </th>
            <td className="h-6 min-w-24">
              <span className="relative block h-2.5 rounded-sm bg-hover" aria-hidden>
                <span
                  className="absolute inset-y-0 rounded-sm bg-accent-line"
                  style={{
                    left: percent(step.left),
                    width: percent(step.width),
                    ...(step.cut && { backgroundImage: CUT }),
                  }}
                />
              </span>
            </td>
            <td className="w-px pl-3 text-right whitespace-nowrap tabular-nums">
              {step.at === startedAt && step.ms === 0 ? "" : `+${durationWords(step.ms)}`}
              {step.cut ? <span className="sr-only"> (bar not to scale)</span> : null}
            </td>
            <td className="w-px pl-3 text-right whitespace-nowrap text-muted tabular-nums">
              {durationWords(step.at - startedAt)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Stripes: this bar is not to scale. */
const CUT =
  "repeating-linear-gradient(115deg, transparent 0 5px, var(--surface) 5px 7px, transparent 7px 12px)";
