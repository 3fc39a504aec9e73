import type { KnowledgeGap } from "#/lib/analytics/gap.ts";
import type { GapCause } from "#/lib/analytics/name-cause.ts";
import type { Tone } from "../ui/badge.tsx";

export const CAUSES: Record<GapCause, { word: string; tone: Tone }> = {
  missing: { word: "Missing", tone: "error" },
  outdated: { word: "Outdated", tone: "warn" },
  insufficient: { word: "Insufficient", tone: "info" },
  "wrong-scope": { word: "Wrong scope", tone: "neutral" },
};

/** Why it is likely so, and what would mend it. */
export function causeWords({
  cause,
  document,
  answeredIn,
  queues,
  rejected,
  unanswered,
}: KnowledgeGap): string {
  const here = queues[0] ?? "this queue";
  switch (cause) {
    case "missing":
      return "No passage comes near it. Add an article that answers it.";
    case "outdated":
      return `Agents reject what “${document?.title ?? "the article"}” says, and nobody has changed it for half a year. Bring it up to date.`;
    case "insufficient":
      return rejected > unanswered
        ? "There is an answer, and agents reject it. Say it more clearly, or more completely."
        : "Passages come near it and none says enough. Add what they leave out.";
    case "wrong-scope":
      return `The knowledge of ${answeredIn ?? "another queue"} answers it, that of ${here} does not. Map the queue to that knowledge base, or add the article.`;
  }
}

/** How the later half of the time compares with the earlier one. */
export function trendWords({ lately, before }: KnowledgeGap): { word: string; rising: boolean } {
  if (before === 0) return { word: "New", rising: true };
  const change = Math.round(((lately - before) / before) * 100);
  if (Math.abs(change) < 10) return { word: "Steady", rising: false };
  return change > 0 ? { word: `Up ${change} %`, rising: true } : { word: `Down ${-change} %`, rising: false };
}
