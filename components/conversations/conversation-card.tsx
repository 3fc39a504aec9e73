import { BookOpen, Check, Copy, CornerDownLeft, Send, ThumbsDown, ThumbsUp } from "lucide-react";
import Link from "next/link";
import type { ConversationCard as CardDetail } from "#/lib/conversations/conversation-detail.ts";
import { AnswerText } from "../answer/answer-text.tsx";
import { Badge } from "../ui/badge.tsx";
import { Duration } from "../ui/time.tsx";
import { feedbackWords } from "./line-words.ts";
import { MadeWith } from "./made-with.tsx";

type ConversationCardProps = {
  card: CardDetail;
  /** Address of a knowledge base's page, before its id; absent for who may not read it. */
  knowledgePath: string | undefined;
};

const ICONS = {
  copied: Copy,
  inserted: CornerDownLeft,
  opened: BookOpen,
  sent: Send,
} as const;

/** A card where it was shown: what triggered it, what it said, what the agent did with it, and what made it. */
export function ConversationCard({ card, knowledgePath }: ConversationCardProps) {
  const { body } = card;
  return (
    <article
      aria-label={`Suggestion: ${body.question}`}
      className="rounded-md border border-line bg-raised p-3 text-base"
    >
      <header className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
        <Badge tone="accent">{card.generation === 0 ? "Suggestion" : `Replay ${card.generation}`}</Badge>
        <span className="tabular-nums">confidence {body.confidence.toFixed(2)}</span>
        {card.paintedMs !== undefined || card.waitMs !== undefined ? (
          <span>
            {card.paintedMs === undefined ? "sent after " : "on screen after "}
            <Duration ms={card.paintedMs ?? card.waitMs} />
          </span>
        ) : null}
      </header>
      <blockquote className="mb-2 border-l-2 border-line-strong pl-2.5 text-sm text-muted">
        {body.question}
      </blockquote>
      {body.sentences.length > 0 ? (
        <AnswerText
          sentences={body.sentences}
          marks={({ citations }) =>
            [...new Set(citations.map(({ n }) => n))].map((n) => (
              <sup key={n} className="ml-0.5 text-accent-text">
                [{n}]
              </sup>
            ))
          }
        />
      ) : (
        <p className="text-muted">Only sources were shown.</p>
      )}
      {body.note ? <p className="mt-1 text-sm text-muted">{body.note}</p> : null}
      <Sources card={card} knowledgePath={knowledgePath} />
      <Feedback card={card} />
      <MadeWith versions={card.versions} knowledgePath={knowledgePath} />
    </article>
  );
}

function Sources({ card, knowledgePath }: ConversationCardProps) {
  const base = knowledgePath && card.versions.knowledgeBaseId;
  return (
    <ol className="mt-2 flex flex-col gap-0.5 text-sm text-muted">
      {card.body.sources.map(({ n, title, headingPath, documentId, score, external }) => {
        const place = [title, ...headingPath.filter((heading) => heading !== title)].join(" › ");
        return (
          <li key={n} className="flex gap-2">
            <span className="text-accent-text tabular-nums">[{n}]</span>
            {base && !external ? (
              <Link
                href={`${knowledgePath}/${base}/documents/${documentId}` as never}
                prefetch={false}
                className="min-w-0 break-words hover:text-text hover:underline"
              >
                {place}
              </Link>
            ) : (
              <span className="min-w-0 break-words">{place}</span>
            )}
            <span className="ml-auto shrink-0 tabular-nums">{score.toFixed(2)}</span>
          </li>
        );
      })}
    </ol>
  );
}

/** What agents made of it; the platform's name for an agent is all that is known of them. */
function Feedback({ card }: { card: CardDetail }) {
  const given = card.feedback.flatMap((one) => {
    const words = feedbackWords(one);
    return words ? [{ ...one, words }] : [];
  });
  if (given.length === 0) return <p className="mt-2 text-sm text-muted">Nobody used or judged it.</p>;
  return (
    <ul className="mt-2 flex flex-wrap gap-1.5">
      {given.map(({ agentId, kind, value, words }) => (
        <li key={`${agentId} ${kind}`}>
          <Badge tone={value === "down" ? "warn" : "ok"} title={`By ${agentId}`}>
            <FeedbackIcon kind={kind} value={value} />
            {words}
          </Badge>
        </li>
      ))}
    </ul>
  );
}

function FeedbackIcon({ kind, value }: { kind: string; value: string }) {
  if (kind === "verdict") return value === "down" ? <ThumbsDown aria-hidden /> : <ThumbsUp aria-hidden />;
  const Icon = kind in ICONS ? ICONS[kind as keyof typeof ICONS] : Check;
  return <Icon aria-hidden />;
}
