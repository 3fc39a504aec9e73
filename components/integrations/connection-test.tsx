"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import * as z from "zod";
import { Button } from "#/components/ui/button.tsx";
import { EmptyState, ErrorState } from "#/components/ui/empty-state.tsx";
import { RelativeTime } from "#/components/ui/time.tsx";
import { readSteps, type ShownStep, streamSteps } from "./check-step.ts";
import { StepList } from "./step-list.tsx";

const POLL_MS = 3_000;
const POLLED = z.object({ lastEventAt: z.string().optional() });

const STOPPED: ShownStep = {
  name: "Stopped",
  outcome: "not-tried",
  detail: "You stopped the test; the last whole one is kept.",
};

type ConnectionTestProps = {
  /** Answers a test's steps to POST, and the time of the last event to GET. */
  address: string;
  last: { at: string; steps: unknown[] } | undefined;
};

/** Runs a connection's test and shows each step as it ends; the last one turns green with the first real event. */
export function ConnectionTest({ address, last }: ConnectionTestProps) {
  const [steps, setSteps] = useState<ShownStep[]>(() => readSteps(last?.steps ?? []));
  const [testedAt, setTestedAt] = useState(last?.at);
  const [running, setRunning] = useState(false);
  const [problem, setProblem] = useState<string>();
  const stop = useRef<() => void>(undefined);
  const router = useRouter();
  const waiting = !running && steps.some(({ outcome }) => outcome === "waiting");

  useFirstEvent(address, waiting, (at) =>
    setSteps((now) => now.map((step) => (step.outcome === "waiting" ? arrived(step, at) : step))),
  );

  const run = async () => {
    const controller = new AbortController();
    stop.current = () => controller.abort();
    setRunning(true);
    setProblem(undefined);
    setSteps([]);
    try {
      const response = await fetch(address, { method: "POST", signal: controller.signal });
      for await (const step of streamSteps(response)) setSteps((now) => [...now, step]);
      setTestedAt(new Date().toISOString());
      // The test may have learnt something that the rest of the page shows.
      router.refresh();
    } catch (error) {
      if (controller.signal.aborted) setSteps((now) => [...now, STOPPED]);
      else setProblem(error instanceof Error ? error.message : "The server did not answer.");
    }
    setRunning(false);
  };

  return (
    <div className="flex max-w-4xl flex-col gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <Button variant="primary" busy={running} onClick={run}>
          {testedAt ? "Test again" : "Test the connection"}
        </Button>
        {running ? <Button onClick={() => stop.current?.()}>Stop</Button> : null}
        {testedAt && !running ? (
          <span className="text-sm text-muted">
            tested <RelativeTime at={testedAt} />
          </span>
        ) : null}
      </div>
      {problem ? <ErrorState title="The test could not be finished">{problem}</ErrorState> : null}
      {steps.length > 0 || running ? (
        <StepList steps={steps} running={running} />
      ) : (
        <EmptyState title="Not tested yet">
          The test does what the connection will do: it signs in with the stored credentials, asks the
          platform what the connection needs, opens the addresses that the platform will open, and waits for
          the first real event.
        </EmptyState>
      )}
    </div>
  );
}

function arrived(step: ShownStep, at: string): ShownStep {
  return { name: step.name, outcome: "passed", ms: 0, detail: `Arrived ${at}` };
}

/** Asks now and then whether an event has come, as long as one is waited for. */
function useFirstEvent(address: string, waiting: boolean, onArrived: (at: string) => void): void {
  const report = useRef(onArrived);
  report.current = onArrived;
  useEffect(() => {
    if (!waiting) return;
    const ask = async () => {
      const response = await fetch(address).catch(() => undefined);
      const parsed = POLLED.safeParse(await response?.json().catch(() => undefined));
      if (parsed.success && parsed.data.lastEventAt) report.current(parsed.data.lastEventAt);
    };
    const timer = setInterval(() => void ask(), POLL_MS);
    return () => clearInterval(timer);
  }, [address, waiting]);
}
