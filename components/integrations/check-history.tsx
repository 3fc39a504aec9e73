"use client";

import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { StateBadge } from "#/components/ui/badge.tsx";
import { Duration, RelativeTime } from "#/components/ui/time.tsx";
import type { CheckRow } from "#/lib/integrations/list-checks.ts";
import { readSteps } from "./check-step.ts";
import { StepList } from "./step-list.tsx";

const OUTCOMES = {
  passed: { state: "ok", word: "passed" },
  failed: { state: "error", word: "failed" },
  waiting: { state: "waiting", word: "waits for an event" },
  stopped: { state: "off", word: "stopped" },
} as const;

/** Tests that were run, newest first: when, by whom, how they ended; each opens to its steps. */
export function CheckHistory({ checks }: { checks: readonly CheckRow[] }) {
  return (
    <section aria-labelledby="past-tests">
      <h2 id="past-tests" className="mb-2 font-semibold">
        Past tests
      </h2>
      {checks.length === 0 ? (
        <p className="text-sm text-muted">
          None yet. Each test is kept here with its steps, so that you can see since when something fails.
        </p>
      ) : (
        <ul className="flex flex-col divide-y rounded-md border bg-surface">
          {checks.map((check) => (
            <li key={check.id}>
              <PastTest check={check} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function PastTest({ check }: { check: CheckRow }) {
  const [open, setOpen] = useState(false);
  const { state, word } = OUTCOMES[check.outcome];
  return (
    <>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex w-full flex-wrap items-center gap-x-3 gap-y-0.5 px-4 py-2 text-left hover:bg-hover"
      >
        <ChevronRight
          className={`size-4 shrink-0 text-muted transition-transform ${open ? "rotate-90" : ""}`}
          aria-hidden
        />
        <span className="w-32 shrink-0">
          <RelativeTime at={check.at} />
        </span>
        <span className="w-40 shrink-0">
          <StateBadge state={state} look="plain">
            {word}
          </StateBadge>
        </span>
        <span className="w-16 shrink-0 text-sm text-muted tabular-nums sm:text-right">
          <Duration ms={check.ms} />
        </span>
        <span className="min-w-0 flex-1 text-sm text-muted">{check.by ?? "by the product"}</span>
        {check.failedStep ? (
          <span className="basis-full pl-7 text-sm break-words">
            <span className="font-medium">{check.failedStep}</span> – {check.reason}
          </span>
        ) : null}
      </button>
      {open ? (
        <div className="px-4 pb-3">
          <StepList steps={readSteps(check.steps)} running={false} />
        </div>
      ) : null}
    </>
  );
}
