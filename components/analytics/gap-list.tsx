import { TrendingDown, TrendingUp } from "lucide-react";
import Link from "next/link";
import { type KnowledgeGap, type KnowledgeGaps, MOST_GAPS } from "#/lib/analytics/gap.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { CAUSES, causeWords, trendWords } from "./gap-words.ts";

type GapListProps = {
  gaps: KnowledgeGaps;
  slug: string;
  may: { readConversations: boolean; readKnowledge: boolean; writeKnowledge: boolean };
  exportHref: string;
};

/** What customers ask and the knowledge does not answer, the most frequent first. */
export function GapList({ gaps, exportHref, ...rest }: GapListProps) {
  return (
    <section aria-labelledby="gaps-title" id="gaps" className="scroll-mt-4">
      <header className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4">
        <div>
          <h2 id="gaps-title" className="text-lg font-semibold">
            Knowledge gaps
          </h2>
          <p className="text-sm text-muted">{leadWords(gaps)}</p>
        </div>
        {gaps.gaps.length > 0 ? (
          <a href={exportHref} className="text-sm text-accent-text hover:underline">
            Export CSV
          </a>
        ) : null}
      </header>
      {gaps.gaps.length === 0 ? (
        <EmptyState title="No knowledge gaps">
          A question stands here when nothing in the knowledge answers it, or when an agent rejects the
          suggestion.
        </EmptyState>
      ) : (
        <ol className="divide-y rounded-md border bg-surface">
          {gaps.gaps.map((gap) => (
            <Gap key={gap.id} gap={gap} {...rest} />
          ))}
        </ol>
      )}
    </section>
  );
}

function leadWords({ total, every, gaps }: KnowledgeGaps): string {
  if (total === 0) return "Questions without an answer, or with one that agents reject, by similar wording.";
  const all = `${total.toLocaleString("en")} ${total === 1 ? "question" : "questions"} unanswered or rejected, by similar wording.`;
  const estimate = every > 1 ? ` Counts are estimated from one in ${every}.` : "";
  return `${all}${estimate}${gaps.length === MOST_GAPS ? ` The ${MOST_GAPS} most frequent:` : ""}`;
}

type GapProps = { gap: KnowledgeGap } & Pick<GapListProps, "slug" | "may">;

function Gap({ gap, slug, may }: GapProps) {
  const cause = CAUSES[gap.cause];
  const trend = trendWords(gap);
  const Trend = trend.rising ? TrendingUp : TrendingDown;
  return (
    <li className="flex flex-wrap gap-x-6 gap-y-3 px-4 py-3 md:flex-nowrap">
      <div className="w-20 shrink-0">
        <p className="text-xl font-semibold tabular-nums">{gap.count.toLocaleString("en")}</p>
        <p className="flex items-center gap-1 text-xs text-muted">
          {trend.word === "Steady" ? null : <Trend className="size-3" aria-hidden />}
          {trend.word}
        </p>
      </div>
      <div className="min-w-0 flex-1 basis-72">
        <h3 className="font-medium break-words">{gap.question}</h3>
        <p className="mt-1 flex flex-wrap items-baseline gap-x-2 gap-y-1 text-sm">
          <Badge tone={cause.tone}>{cause.word}</Badge>
          <span className="min-w-0">{causeWords(gap)}</span>
        </p>
        <p className="mt-1 text-sm text-muted">
          {[
            gap.unanswered > 0 && `${gap.unanswered} unanswered`,
            gap.rejected > 0 && `${gap.rejected} rejected`,
            `in ${gap.queues.slice(0, 3).join(", ")}${gap.queues.length > 3 ? ` and ${gap.queues.length - 3} more` : ""}`,
          ]
            .filter(Boolean)
            .join(", ")}
        </p>
        <Examples gap={gap} slug={slug} linked={may.readConversations} />
      </div>
      <div className="flex shrink-0 items-start gap-2">
        <Action gap={gap} slug={slug} may={may} />
      </div>
    </li>
  );
}

function Examples({ gap, slug, linked }: { gap: KnowledgeGap; slug: string; linked: boolean }) {
  return (
    <details className="mt-1 text-sm">
      <summary className="w-fit cursor-pointer rounded-sm text-muted hover:text-text">
        {gap.examples.length === 1 ? "Where it was asked" : `${gap.examples.length} examples`}
      </summary>
      <ul className="mt-1 flex flex-col gap-0.5">
        {gap.examples.map(({ eventId, conversationId, question, at }) => (
          <li key={eventId} className="flex flex-wrap gap-x-3">
            <span className="w-16 shrink-0 text-muted">
              <RelativeTime at={at} />
            </span>
            {linked ? (
              <Link
                href={`/${slug}/conversations/${conversationId}#event-${eventId}` as never}
                prefetch={false}
                className="min-w-0 flex-1 break-words hover:underline"
              >
                {question}
              </Link>
            ) : (
              <span className="min-w-0 flex-1 break-words">{question}</span>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Where it is mended: the article, the mapping, or the knowledge base that answers for the queue. */
function Action({ gap, slug, may }: GapProps) {
  if (!may.readKnowledge) return null;
  if (gap.cause === "outdated" && gap.document)
    return (
      <ActionLink href={`/${slug}/knowledge/${gap.document.baseId}/documents/${gap.document.id}`}>
        Open the article
      </ActionLink>
    );
  if (gap.cause === "wrong-scope")
    return <ActionLink href={`/${slug}/middleware/queues`}>Open Queue Mapping</ActionLink>;
  if (!gap.base) return <ActionLink href={`/${slug}/knowledge`}>Open Knowledge</ActionLink>;
  return (
    <ActionLink href={`/${slug}/knowledge/${gap.base.id}`}>
      {may.writeKnowledge ? `Add a document to ${gap.base.name}` : `Open ${gap.base.name}`}
    </ActionLink>
  );
}

function ActionLink({ href, children }: { href: string; children: string | string[] }) {
  return (
    <Button asChild size="sm">
      <Link href={href as never} prefetch={false}>
        {children}
      </Link>
    </Button>
  );
}
