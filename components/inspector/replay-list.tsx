import Link from "next/link";
import type { ReactNode } from "react";
import type { ReplayProgress } from "#/lib/inspector/replay-many.ts";
import { type State, StateBadge } from "../ui/badge.tsx";
import { Card } from "../ui/card.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { filterWords } from "./replay-words.ts";

const STATES: Record<ReplayProgress["state"], { state: State; word: string }> = {
  running: { state: "busy", word: "Running" },
  done: { state: "ok", word: "Done" },
  cancelled: { state: "off", word: "Cancelled" },
  failed: { state: "error", word: "Failed" },
};

type ReplayListProps = {
  replays: readonly ReplayProgress[];
  slug: string;
  /** Stops one that runs; undefined for who may not. */
  cancel: ((id: string) => ReactNode) | undefined;
};

/** Each replay with what was asked for, how far it is and what became of it. */
export function ReplayList({ replays, slug, cancel }: ReplayListProps) {
  return (
    <ul aria-label="Replays" className="flex flex-col gap-3">
      {replays.map((replay) => (
        <li key={replay.id}>
          <Card>
            <ReplayRow replay={replay} slug={slug} cancel={cancel} />
          </Card>
        </li>
      ))}
    </ul>
  );
}

type ReplayRowProps = { replay: ReplayProgress; slug: string; cancel: ReplayListProps["cancel"] };

function ReplayRow({ replay, slug, cancel }: ReplayRowProps) {
  const { state, word } = STATES[replay.state];
  const { replayed, atWork, deadAgain } = replay;
  const of = Math.max(replay.expected, replayed);
  const running = replay.state === "running";
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <StateBadge state={state}>{word}</StateBadge>
        <span className="font-medium tabular-nums">
          {replayed.toLocaleString("en")} of {of.toLocaleString("en")} handed back
        </span>
        <span className="text-sm text-muted">
          <RelativeTime at={replay.startedAt} />
          {replay.by ? ` by ${replay.by}` : ""}
        </span>
        {running && cancel ? <span className="ml-auto">{cancel(replay.id)}</span> : null}
      </div>
      <progress
        value={replayed}
        max={of}
        aria-label={`${replayed} of ${of} handed back`}
        className="h-1.5 w-full overflow-hidden rounded-sm [&::-moz-progress-bar]:bg-accent-line [&::-webkit-progress-bar]:bg-hover [&::-webkit-progress-value]:bg-accent-line"
      />
      <p className="text-sm">
        {outcomeWords(replayed, atWork, deadAgain)}{" "}
        {deadAgain > 0 ? (
          <Link
            href={`/${slug}/events/dead` as never}
            className="text-accent-text underline underline-offset-4"
          >
            Open what died again
          </Link>
        ) : null}
      </p>
      <p className="text-xs break-words text-muted">Filter: {filterWords(replay.filter)}</p>
      {replay.reason ? <p className="text-sm break-words text-error">{replay.reason}</p> : null}
    </div>
  );
}

function outcomeWords(replayed: number, atWork: number, deadAgain: number): string {
  if (replayed === 0) return "Nothing was handed back yet.";
  const settled = replayed - atWork - deadAgain;
  const parts = [`${settled.toLocaleString("en")} worked`];
  if (atWork > 0) parts.push(`${atWork.toLocaleString("en")} still at work`);
  if (deadAgain > 0) parts.push(`${deadAgain.toLocaleString("en")} failed again`);
  return `${parts.join(", ")}.`;
}
