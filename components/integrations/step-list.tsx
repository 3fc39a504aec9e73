import { Circle, CircleAlert, CircleCheck, CircleDashed, LoaderCircle, Minus } from "lucide-react";
import { Duration } from "#/components/ui/time.tsx";
import type { ShownStep } from "./check-step.ts";

const LOOKS = {
  passed: { icon: CircleCheck, tone: "text-ok", word: "passed" },
  failed: { icon: CircleAlert, tone: "text-error", word: "failed" },
  waiting: { icon: CircleDashed, tone: "text-info", word: "waiting" },
  "not-used": { icon: Minus, tone: "text-muted", word: "not used" },
  "not-tried": { icon: Circle, tone: "text-muted", word: "not tried" },
} as const;

/** A test's steps as they come in: how each went, how long it took, and what to do about a failure. */
export function StepList({ steps, running }: { steps: readonly ShownStep[]; running: boolean }) {
  return (
    <ol aria-live="polite" className="flex flex-col divide-y rounded-md border bg-surface">
      {steps.map((step) => (
        <Step key={step.name} step={step} />
      ))}
      {running ? (
        <li className="flex items-center gap-3 px-4 py-2.5 text-muted">
          <LoaderCircle className="size-4 animate-spin" aria-hidden />
          {steps.length === 0 ? "Starting" : "Next step"}
        </li>
      ) : null}
    </ol>
  );
}

function Step({ step }: { step: ShownStep }) {
  const { icon: Icon, tone, word } = LOOKS[step.outcome];
  const measured = step.ms !== undefined && (step.outcome === "failed" || step.ms > 0);
  return (
    <li className="grid grid-cols-[1rem_minmax(0,1fr)] items-start gap-x-3 gap-y-0.5 px-4 py-2.5 sm:grid-cols-[1rem_12.5rem_4.5rem_minmax(0,1fr)]">
      <Icon className={`mt-0.5 size-4 ${tone}`} aria-hidden />
      <span className="font-medium">
        {step.name}
        <span className="sr-only">: {word}</span>
      </span>
      <span className="col-start-2 text-sm text-muted tabular-nums sm:col-start-auto sm:pt-px sm:text-right">
        {measured ? <Duration ms={step.ms} /> : null}
      </span>
      <div className="col-start-2 min-w-0 text-sm break-words sm:col-start-auto sm:pt-px">
        {step.outcome === "failed" ? (
          <>
            <p className="text-error">{step.reason}</p>
            <p className="mt-0.5">{step.remedy}</p>
          </>
        ) : (
          <p className={step.outcome === "passed" ? undefined : "text-muted"}>{step.detail ?? word}</p>
        )}
      </div>
    </li>
  );
}
