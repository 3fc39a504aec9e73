import { ThumbsDown, ThumbsUp } from "lucide-react";
import Link from "next/link";
import type { LatestSuggestion } from "#/lib/inspector/read-overview.ts";
import { Badge } from "../ui/badge.tsx";
import { Card, CardHeader } from "../ui/card.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { RelativeTime } from "../ui/time.tsx";

type LatestSuggestionsProps = { latest: readonly LatestSuggestion[]; eventsHref: string | undefined };

/** The newest cards, as agents saw them, with personal data taken out. */
export function LatestSuggestions({ latest, eventsHref }: LatestSuggestionsProps) {
  if (latest.length === 0)
    return (
      <EmptyState title="No suggestions yet">
        The first one shows here as soon as a customer asks something that the knowledge answers.
      </EmptyState>
    );
  return (
    <Card padding="none">
      <div className="px-4 pt-4">
        <CardHeader title="Latest suggestions" />
      </div>
      <ul>
        {latest.map((suggestion) => (
          <li key={suggestion.id} className="relative border-t px-4 py-3 hover:bg-hover">
            <p className="flex items-baseline justify-between gap-x-4">
              <Question suggestion={suggestion} eventsHref={eventsHref} />
              <span className="flex shrink-0 items-center gap-2 text-sm text-muted">
                <Verdict verdict={suggestion.verdict} />
                <RelativeTime at={suggestion.at} />
              </span>
            </p>
            <p className="mt-0.5 line-clamp-2 text-sm text-muted">
              {inOneLine(suggestion.answer) || "Only sources were shown."}
            </p>
            <p className="mt-1.5 flex flex-wrap gap-1.5">
              {suggestion.source ? <Badge tone="accent">{suggestion.source}</Badge> : null}
              {suggestion.queue ? <Badge>{suggestion.queue}</Badge> : null}
            </p>
          </li>
        ))}
      </ul>
    </Card>
  );
}

type QuestionProps = { suggestion: LatestSuggestion; eventsHref: string | undefined };

function Question({ suggestion, eventsHref }: QuestionProps) {
  const look = "line-clamp-2 min-w-0 font-medium break-words";
  if (!eventsHref) return <span className={look}>{suggestion.question}</span>;
  return (
    <Link
      href={`${eventsHref}?event=${suggestion.eventId}` as never}
      prefetch={false}
      className={`${look} after:absolute after:inset-0`}
    >
      {suggestion.question}
    </Link>
  );
}

function Verdict({ verdict }: { verdict: LatestSuggestion["verdict"] }) {
  if (!verdict) return null;
  const Icon = verdict === "up" ? ThumbsUp : ThumbsDown;
  return (
    <span className={verdict === "up" ? "text-ok" : "text-warn"}>
      <Icon className="size-3.5" aria-hidden />
      <span className="sr-only">Thumbs {verdict}</span>
    </span>
  );
}

/** The items of a list one after the other: a preview has no room for lines. */
const inOneLine = (answer: string) =>
  answer.replace(/^[-*•]\s+/, "").replace(/\s*(?:\n|(?<=[.:;])\s)[-*•]\s+/g, " · ");
