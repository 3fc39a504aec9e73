import type { MeasuredStage } from "#/lib/health/read-series.ts";

export const STAGE_WORDS: Record<MeasuredStage, string> = {
  stored: "Stored",
  validated: "Read and validated",
  routed: "Routed to its conversation",
  started: "Work begun",
  recorded: "Transcript line recorded",
  triggered: "Question recognized",
  retrieved: "Passages retrieved",
  firstToken: "Model’s first word",
  grounded: "Answer grounded",
  emitted: "Card sent",
  acknowledged: "Card arrived",
  painted: "Card on screen",
};
