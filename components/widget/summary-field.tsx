"use client";

import { Lock, LockOpen, Pencil } from "lucide-react";
import { useState } from "react";
import { Button } from "#/components/ui/button.tsx";
import type { SummaryField as Field, SummarySentence } from "#/lib/events/summary.ts";
import type { TurnView } from "./desk-view.ts";
import { SummaryEditor } from "./summary-editor.tsx";
import { fieldText, sentenceWords } from "./summary-notes.ts";
import { useWords } from "./use-words.tsx";

type SummaryFieldProps = {
  label: string;
  field: Field;
  turns: ReadonlyMap<string, TurnView>;
  /** Resolves with what went wrong, if anything did. */
  onSave(text: string): Promise<string | undefined>;
  onUnlock(): void;
  /** Shows a turn where it was said. */
  onTurn(eventId: string): void;
};

/** One part of the summary: drafted sentences that show what they rest on, or the agent's own words, locked. */
export function SummaryField({ label, field, turns, onSave, onUnlock, onTurn }: SummaryFieldProps) {
  const words = useWords();
  const { t } = words;
  const [editing, setEditing] = useState(false);
  return (
    <section aria-label={label} className="rounded-md border bg-surface px-3 py-2">
      <header className="flex min-h-7 flex-wrap items-center gap-x-1">
        <h2 className="min-w-0 flex-1 text-xs font-medium text-muted">{label}</h2>
        {field.locked && !editing ? (
          <>
            <span className="flex items-center gap-1 text-xs text-muted">
              <Lock className="size-3" aria-hidden />
              {t("summary.locked")}
            </span>
            <Button
              variant="ghost"
              size="sm"
              aria-label={t("summary.unlockPart", { part: label })}
              title={t("summary.unlockHint")}
              onClick={onUnlock}
            >
              <LockOpen aria-hidden />
              {t("summary.unlock")}
            </Button>
          </>
        ) : null}
        {editing ? null : (
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label={t("summary.edit", { part: label })}
            title={t("summary.editHint")}
            onClick={() => setEditing(true)}
          >
            <Pencil aria-hidden />
          </Button>
        )}
      </header>
      {editing ? (
        <SummaryEditor
          label={label}
          initial={fieldText(words, field)}
          onSave={onSave}
          onClose={() => setEditing(false)}
        />
      ) : field.locked || field.sentences.length === 0 ? (
        <p className={`break-words whitespace-pre-line ${field.text ? "" : "text-muted"}`}>
          {field.text || t("summary.nothing")}
        </p>
      ) : (
        <ul className="flex flex-col gap-0.5">
          {field.sentences.map((sentence) => (
            <Sentence key={sentence.text} sentence={sentence} turns={turns} onTurn={onTurn} />
          ))}
        </ul>
      )}
    </section>
  );
}

type SentenceProps = { sentence: SummarySentence } & Pick<SummaryFieldProps, "turns" | "onTurn">;

function Sentence({ sentence, turns, onTurn }: SentenceProps) {
  const words = useWords();
  const { t, time } = words;
  const [open, setOpen] = useState(false);
  const text = sentenceWords(words, sentence);
  if (sentence.evidence.length === 0) return <li className="break-words">{text}</li>;
  return (
    <li>
      <button
        type="button"
        aria-expanded={open}
        title={t("summary.rests")}
        onClick={() => setOpen((before) => !before)}
        className="-mx-1 w-full rounded-sm px-1 text-left break-words decoration-line-strong decoration-dotted underline-offset-4 hover:bg-hover hover:underline aria-expanded:bg-selected"
      >
        {text}
      </button>
      {open ? (
        <ul
          aria-label={t("summary.rests")}
          className="my-1 flex flex-col gap-1 border-l-2 border-line-strong pl-2 text-xs text-muted"
        >
          {sentence.evidence.map((id) => {
            const turn = turns.get(id);
            return (
              <li key={id}>
                <button
                  type="button"
                  title={t("summary.toTurn")}
                  onClick={() => onTurn(id)}
                  className="w-full rounded-sm text-left break-words hover:bg-hover hover:text-text"
                >
                  {turn ? (
                    <>
                      <span className="font-medium">{t(`speaker.${turn.speaker}`)}</span>{" "}
                      <time>{time(turn.at)}</time> {turn.text}
                    </>
                  ) : (
                    // Further back than what is held here: it is fetched on the way there.
                    <span className="text-accent-text">{t("summary.toTurn")}</span>
                  )}
                </button>
              </li>
            );
          })}
        </ul>
      ) : null}
    </li>
  );
}
