"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { type ShownStep, streamSteps } from "./check-step.ts";

/** Runs a connection's test, whole or until one step, and has each step's answer as it comes. */
export function useCheckRun(address: string, last: readonly ShownStep[]) {
  const [results, setResults] = useState(last);
  /** The step that is asked for; empty while all of them are. */
  const [running, setRunning] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const router = useRouter();

  const run = async (until: string | undefined) => {
    if (running !== undefined) return;
    setRunning(until ?? "");
    setProblem(undefined);
    try {
      const part = until === undefined ? "" : `?until=${encodeURIComponent(until)}`;
      const response = await fetch(`${address}${part}`, { method: "POST" });
      for await (const step of streamSteps(response)) setResults((now) => withStep(now, step));
      // The test may have learnt something that the rest of the page shows.
      router.refresh();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : "The server did not answer.");
    }
    setRunning(undefined);
  };
  return { results, running, problem, run };
}

function withStep(results: readonly ShownStep[], step: ShownStep): ShownStep[] {
  return [...results.filter(({ name }) => name !== step.name), step];
}
