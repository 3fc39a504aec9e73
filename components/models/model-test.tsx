"use client";

import { useState } from "react";
import { type ShownStep, streamSteps } from "#/components/integrations/check-step.ts";
import { StepList } from "#/components/integrations/step-list.tsx";
import { Button } from "#/components/ui/button.tsx";
import { ErrorState } from "#/components/ui/empty-state.tsx";

/** Tries the stored model and shows each step as it ends. */
export function ModelTest({ address }: { address: string }) {
  const [steps, setSteps] = useState<ShownStep[]>([]);
  const [running, setRunning] = useState(false);
  const [problem, setProblem] = useState<string>();
  const run = async () => {
    setRunning(true);
    setProblem(undefined);
    setSteps([]);
    try {
      const response = await fetch(address, { method: "POST" });
      for await (const step of streamSteps(response)) setSteps((now) => [...now, step]);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : "The server did not answer.");
    }
    setRunning(false);
  };
  return (
    <div className="mt-4 flex flex-col items-start gap-3 [&>ol]:w-full">
      <Button size="sm" busy={running} onClick={run}>
        {steps.length > 0 ? "Test again" : "Test"}
      </Button>
      {steps.length > 0 || running ? <StepList steps={steps} running={running} /> : null}
      {problem ? <ErrorState title="The test could not be finished">{problem}</ErrorState> : null}
    </div>
  );
}
