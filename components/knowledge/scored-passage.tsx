import Link from "next/link";
import { Badge } from "#/components/ui/badge.tsx";
import { Card } from "#/components/ui/card.tsx";
import type { TryQuestionAnswer } from "#/lib/knowledge/try-question-job.ts";
import { MarkedText } from "./marked-text.tsx";
import { ScoreBar } from "./score-bar.tsx";

type Passage = TryQuestionAnswer["passages"][number];

/** One sentence: what put the first passage before the second. */
export function WhyFirst({ answer: { passages } }: { answer: TryQuestionAnswer }) {
  const [first] = passages;
  const second = passages.find(({ documentId }) => documentId !== first?.documentId);
  if (!first || !second) return null;
  const ahead = [
    first.lexical - second.lexical > 0.05 ? "its words fit better" : undefined,
    first.dense - second.dense > 0.02 ? "its meaning is closer" : undefined,
    first.subject !== undefined && second.subject === undefined ? `it is about ${first.subject}` : undefined,
  ].filter((reason) => reason !== undefined);
  return (
    <p className="max-w-prose text-sm text-muted">
      {ahead.length > 0
        ? `The first stands before “${second.title}” because ${ahead.join(" and ")}.`
        : `The first and “${second.title}” are close; such a tie lowers the confidence of both.`}
    </p>
  );
}

type PassageCardProps = {
  passage: Passage;
  place: number;
  threshold: number | undefined;
  documentPath: string | undefined;
};

/** A passage, its confidence against what a card needs, and what that is made of. */
export function PassageCard({ passage, place, threshold, documentPath }: PassageCardProps) {
  const { text, score, lexical, dense, coverage, subject, matchedTerms, why } = passage;
  const enough = threshold === undefined || score >= threshold;
  return (
    <Card>
      <div className="mb-2 flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="text-sm text-muted tabular-nums">{place}</span>
        <PassagePlace passage={passage} documentPath={documentPath} />
        {subject === undefined ? null : <Badge tone="accent">about {subject}</Badge>}
        {enough ? null : <Badge>below the threshold</Badge>}
      </div>
      <dl className="mb-3 grid gap-x-6 gap-y-1.5 sm:grid-cols-2">
        <ScoreBar
          term="Confidence"
          value={score}
          line={threshold}
          tone={enough ? "ok" : "muted"}
          hint={
            threshold === undefined
              ? undefined
              : `A card needs ${threshold.toFixed(2)}, where the line stands.`
          }
        />
        {coverage === undefined ? null : (
          <ScoreBar
            term="Asked words"
            value={coverage}
            hint="How much of the question its words cover, rare ones more."
          />
        )}
        <ScoreBar term="Words" value={lexical} hint="Its word score as a share of the best passage's." />
        <ScoreBar term="Meaning" value={dense} hint="How close its closest sentence is to the question." />
      </dl>
      <p className="line-clamp-6 text-sm whitespace-pre-line">
        <MarkedText text={text} terms={matchedTerms} />
      </p>
      {why ? <p className="mt-1.5 text-sm text-muted">{why}</p> : null}
    </Card>
  );
}

function PassagePlace({ passage, documentPath }: Pick<PassageCardProps, "passage" | "documentPath">) {
  const { documentId, title, headingPath } = passage;
  const words = [title, ...headingPath].join(" › ");
  if (!documentPath || !documentId) return <span className="min-w-0 font-medium">{words}</span>;
  return (
    <Link
      href={`${documentPath}/${documentId}` as never}
      className="min-w-0 font-medium underline-offset-4 hover:underline"
    >
      {words}
    </Link>
  );
}
