"use client";

import { ArrowUp, ChevronRight, SearchX } from "lucide-react";
import type { ReactNode } from "react";
import type { AnswerView, CardView } from "./conversation-view.ts";
import { type Opening, SuggestionCard } from "./suggestion-card.tsx";
import { useWords } from "./use-words.tsx";

type AssistPaneProps = {
  shown: readonly AnswerView[];
  waiting: readonly AnswerView[];
  openKey?: string;
  /** What the agent asked and has no answer to yet. */
  asked?: ReactNode;
  started: boolean;
  onOpenCard(key: string | undefined): void;
  onOpenSource(card: CardView, opening: Opening): void;
  onLetIn(): void;
  actionsOf(card: CardView): ReactNode;
  nextOf(card: CardView): ReactNode;
};

/** The answers, newest first: one open, the others a line each. */
export function AssistPane(props: AssistPaneProps) {
  const { shown, waiting, openKey, asked, started } = props;
  const { t } = useWords();
  const [next] = waiting;
  return (
    <>
      {/* Always as high as this: what waits is told here and moves nothing. */}
      <div className="flex h-8 shrink-0 items-center gap-2 px-3 text-xs" aria-live="polite">
        {next ? (
          <button
            type="button"
            onClick={props.onLetIn}
            title={`${t("assist.letIn")} (n)`}
            className="flex min-w-0 items-center gap-1 rounded-sm bg-accent-fill px-2 py-0.5 font-medium text-accent-text"
          >
            <ArrowUp className="size-3 shrink-0" aria-hidden />
            <span className="shrink-0">{t("assist.new", { count: waiting.length })}</span>
            <span className="truncate font-normal">{next.question}</span>
          </button>
        ) : (
          (asked ?? (
            <h2 className="font-medium text-muted">
              {t(isWriting(shown, openKey) ? "card.writing" : "assist.title")}
            </h2>
          ))
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard. */}
      <div tabIndex={0} className="flex min-h-0 flex-1 flex-col gap-2 overflow-y-auto px-3 pb-3">
        {shown.length === 0 ? <NoAnswers started={started} /> : null}
        {shown.map((answer) => {
          if (answer.kind === "quiet") return <QuietLine key={answer.key} question={answer.question} />;
          if (answer.key !== openKey)
            return <ClosedCard key={answer.key} card={answer} onOpen={() => props.onOpenCard(answer.key)} />;
          return (
            // What is still written grows into room that is its own: nothing below it moves meanwhile.
            <div
              key={answer.key}
              className={answer.origin === "extractive" ? "shrink-0" : "min-h-[calc(100%+0.75rem)] shrink-0"}
            >
              <SuggestionCard
                card={answer}
                onOpen={(opening) => props.onOpenSource(answer, opening)}
                actions={props.actionsOf(answer)}
                next={props.nextOf(answer)}
              />
            </div>
          );
        })}
      </div>
    </>
  );
}

const isWriting = (shown: readonly AnswerView[], openKey: string | undefined) =>
  shown.some((answer) => answer.kind === "card" && answer.key === openKey && answer.draft !== undefined);

function NoAnswers({ started }: { started: boolean }) {
  const { t } = useWords();
  return (
    <p className="px-3 py-6 text-center text-muted">
      {t(started ? "assist.nothingAsked" : "app.waitingTitle")}
    </p>
  );
}

function QuietLine({ question }: { question: string }) {
  const { t } = useWords();
  return (
    <p className="flex items-center gap-1.5 px-1 text-xs text-muted">
      <SearchX className="size-3 shrink-0" aria-hidden />
      <span className="shrink-0">{t("assist.noSource")}</span>
      <span className="truncate" title={question}>
        {question}
      </span>
    </p>
  );
}

function ClosedCard({ card, onOpen }: { card: CardView; onOpen(): void }) {
  return (
    <button
      type="button"
      onClick={onOpen}
      aria-expanded={false}
      title={card.question}
      className="flex h-8 w-full shrink-0 items-center gap-1.5 rounded-md border bg-surface px-2 text-left text-muted hover:bg-hover hover:text-text"
    >
      <ChevronRight className="size-3 shrink-0" aria-hidden />
      <span className="truncate">{card.question}</span>
    </button>
  );
}
