import { ScrollText } from "lucide-react";
import Link from "next/link";
import type { ConversationLine } from "#/lib/conversations/conversation-detail.ts";
import { StateBadge } from "../ui/badge.tsx";
import { cn } from "../ui/class-names.ts";
import { ClockTime, Duration } from "../ui/time.tsx";
import { ConversationCard } from "./conversation-card.tsx";
import { markWords, pauseBefore } from "./line-words.ts";
import { SearchLog } from "./search-log.tsx";

type TranscriptProps = {
  lines: readonly ConversationLine[];
  /** Address of one event in the inspector, before its id; absent for who may not read events. */
  eventPath: string | undefined;
  knowledgePath: string | undefined;
};

/** What was said, in the platform's order, with each card below the words that it answered. */
export function Transcript({ lines, ...paths }: TranscriptProps) {
  return (
    <ol aria-label="Transcript" className="flex flex-col gap-3">
      {lines.map((line, index) => (
        <Line key={line.eventId} line={line} pause={pauseBefore(line, lines[index - 1])} {...paths} />
      ))}
    </ol>
  );
}

type LineProps = { line: ConversationLine; pause: number | undefined } & Omit<TranscriptProps, "lines">;

function Line({ line, pause, eventPath, knowledgePath }: LineProps) {
  const said = line.type === "utterance" || line.type === "question.asked";
  return (
    <li id={`event-${line.eventId}`} className="scroll-mt-20 rounded-md target:bg-selected">
      {pause === undefined ? null : (
        <p className="mb-3 text-center text-sm text-muted">
          <Duration ms={pause} /> without a word
        </p>
      )}
      {said ? <Said line={line} eventPath={eventPath} /> : <Mark line={line} eventPath={eventPath} />}
      <div className="ml-0 flex flex-col gap-2 empty:hidden sm:ml-24 [&>*]:mt-2">
        {line.cards.map((card) => (
          <ConversationCard key={card.id} card={card} knowledgePath={knowledgePath} />
        ))}
        <Unanswered line={line} />
        {line.search ? <SearchLog log={line.search} /> : null}
      </div>
    </li>
  );
}

function Said({ line, eventPath }: { line: ConversationLine; eventPath: string | undefined }) {
  return (
    <div className="group flex flex-wrap gap-x-3 sm:flex-nowrap">
      <span className="flex w-21 shrink-0 flex-col text-sm">
        <span className={cn("font-medium", line.speaker === "customer" ? "text-accent-text" : "text-text")}>
          {speakerOf(line)}
        </span>
        <span className="text-muted">
          <ClockTime at={line.at} />
        </span>
      </span>
      <p className="min-w-0 flex-1 basis-full text-base break-words whitespace-pre-line sm:basis-auto">
        {line.text}
      </p>
      <EventLink line={line} eventPath={eventPath} />
    </div>
  );
}

function speakerOf({ type, speaker }: ConversationLine): string {
  if (type === "question.asked") return "Agent asks";
  return speaker === "customer" ? "Customer" : "Agent";
}

function Mark({ line, eventPath }: { line: ConversationLine; eventPath: string | undefined }) {
  const missing = line.type === "transcript.gap" || line.type === "transcript.notice";
  return (
    <div className="flex items-center gap-3 text-sm text-muted">
      <span className="h-px flex-1 bg-line" aria-hidden />
      <span className={cn("flex flex-wrap items-baseline gap-2", missing && "text-warn")}>
        {markWords(line)}
        <ClockTime at={line.at} />
      </span>
      <span className="h-px flex-1 bg-line" aria-hidden />
      <EventLink line={line} eventPath={eventPath} />
    </div>
  );
}

function EventLink({ line, eventPath }: { line: ConversationLine; eventPath: string | undefined }) {
  const state =
    line.state === "dead" ? (
      <StateBadge state="error" look="plain" title={line.outcome}>
        Dead
      </StateBadge>
    ) : line.state === "pending" ? (
      <StateBadge state="waiting" look="plain">
        Pending
      </StateBadge>
    ) : null;
  return (
    <span className="flex shrink-0 items-start gap-2">
      {state}
      {eventPath ? (
        <Link
          href={`${eventPath}${line.eventId}` as never}
          prefetch={false}
          aria-label="Open this event in the inspector"
          title="Open this event in the inspector"
          className="rounded-sm p-1 text-muted hover:bg-hover hover:text-text"
        >
          <ScrollText className="size-3.5" aria-hidden />
        </Link>
      ) : null}
    </span>
  );
}

/** Why there is no card for what was asked; silence about small talk is not worth a word. */
function Unanswered({ line }: { line: ConversationLine }) {
  if (!line.outcome.startsWith("no source")) return null;
  return <p className="text-sm text-warn">No answer: {line.outcome.replace(/^no source:\s*/, "")}</p>;
}
