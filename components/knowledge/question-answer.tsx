import { AnswerText } from "#/components/answer/answer-text.tsx";
import { Badge } from "#/components/ui/badge.tsx";
import { Card } from "#/components/ui/card.tsx";
import { Duration } from "#/components/ui/time.tsx";
import type { TryQuestionAnswer } from "#/lib/knowledge/try-question-job.ts";
import { PassageCard, WhyFirst } from "./scored-passage.tsx";

type QuestionAnswerProps = {
  answer: TryQuestionAnswer;
  /** Address of a document's page, before its id. */
  documentPath: string | undefined;
};

/** The card that an agent would see or why there is none, then every passage and why it stands where it stands. */
export function QuestionAnswer({ answer, documentPath }: QuestionAnswerProps) {
  return (
    <div className="flex flex-col gap-4">
      <Verdict answer={answer} />
      <Stages ms={answer.ms} />
      <h3 className="font-semibold">
        {answer.passages.length === 0 ? "No passage was found" : "Passages that were found"}
      </h3>
      <WhyFirst answer={answer} />
      <ol className="flex flex-col gap-3">
        {answer.passages.map((passage, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an answer's passages never move.
          <li key={index}>
            <PassageCard
              passage={passage}
              place={index + 1}
              threshold={answer.threshold}
              documentPath={documentPath}
            />
          </li>
        ))}
      </ol>
    </div>
  );
}

function Verdict({ answer: { answer, silentBecause, threshold } }: { answer: TryQuestionAnswer }) {
  if (!answer || silentBecause !== undefined) {
    return (
      <Card>
        <p className="font-medium">No card would be shown</p>
        <p className="text-sm text-muted">{silentBecause ?? "Nothing that answers this was found."}</p>
      </Card>
    );
  }
  return (
    <Card>
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <span className="font-medium">The card</span>
        <Badge tone="accent">{answer.origin === "extractive" ? "extractive" : "written by the model"}</Badge>
        <span className="text-sm text-muted tabular-nums">
          confidence {answer.confidence.toFixed(2)}
          {threshold === undefined ? "" : `, needs ${threshold.toFixed(2)}`}
        </span>
      </div>
      <div className="max-w-prose">
        <AnswerText
          sentences={answer.sentences}
          marks={({ citations }) =>
            [...new Set(citations.map(({ n }) => n))].map((n) => (
              <sup key={n} className="ml-0.5 text-accent-text">
                [{n}]
              </sup>
            ))
          }
        />
      </div>
      {answer.note ? <p className="mt-1 text-sm text-muted">{answer.note}</p> : null}
      <ol className="mt-2 text-sm text-muted">
        {answer.sources.map(({ n, title, headingPath }) => (
          <li key={n}>
            [{n}] {[title, ...headingPath].join(" › ")}
          </li>
        ))}
      </ol>
    </Card>
  );
}

function Stages({ ms }: { ms: Record<string, number> }) {
  return (
    <dl className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
      {Object.entries(ms).map(([stage, time]) => (
        <div key={stage} className="flex gap-1.5">
          <dt className="text-muted">{stage}</dt>
          <dd>
            <Duration ms={time} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
