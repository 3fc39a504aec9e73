"use client";

import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { AnswerText } from "#/components/answer/answer-text.tsx";
import type { Sentence, Source } from "#/lib/events/suggestion.ts";
import type { CardView } from "./conversation-view.ts";
import { useWords } from "./use-words.tsx";

/** A passage to open, and the characters of it that an answer rests on. */
export type Opening = { source: Source; spans: readonly { start: number; end: number }[] };

type SuggestionCardProps = {
  card: CardView;
  onOpen(opening: Opening): void;
  actions: ReactNode;
  /** What may be said next; only of a settled card. */
  next?: ReactNode;
};

/**
 * The open card: the question, the sources, then the answer. The answer's height is set aside before its
 * first word, so that what stands below does not move while it is written.
 */
export function SuggestionCard({ card, onOpen, actions, next }: SuggestionCardProps) {
  const { t, said } = useWords();
  const { question, sources, sentences, note, draft, origin } = card;
  return (
    <article className="rounded-md border bg-surface p-3" aria-label={t("card.label", { question })}>
      <h3 className="line-clamp-2 border-l-2 border-line-strong pl-2 text-muted" title={question}>
        {question}
      </h3>
      <ol className="mt-2 flex flex-col" aria-label={t("card.sources")}>
        {sources.map((source) => (
          <li key={source.chunkId}>
            <SourceEntry
              source={source}
              ready={draft === undefined}
              onOpen={() => onOpen({ source, spans: spansOf(sentences, source.n) })}
            />
          </li>
        ))}
      </ol>
      <div className="mt-2 min-h-16 break-words">
        <Answer sentences={sentences} sources={sources} draft={draft} onOpen={onOpen} />
        {note ? <p className="text-muted">{noteWords(note, said)}</p> : null}
      </div>
      <div className="mt-2 flex min-h-7 flex-wrap items-center gap-1">
        {draft === undefined ? actions : null}
      </div>
      {origin === "extractive" && sentences.length > 0 ? (
        <p className="mt-1 text-xs text-muted">{t("card.verbatim")}</p>
      ) : null}
      {draft === undefined ? next : null}
    </article>
  );
}

/** A platform's assistant may have added a word of its own after ours. */
function noteWords(note: string, said: (sentence: string) => string): string {
  const [whole, first = "", rest = ""] = /^(Suggested by .+?\.)(?: (.*))?$/s.exec(note) ?? [];
  return whole === undefined ? said(note) : [said(first), rest].filter(Boolean).join(" ");
}

/** A passage of ours opens in the widget; a platform's own source only leads to where it stands. */
function SourceEntry(props: Parameters<typeof SourceLink>[0]) {
  const { n, title, external } = props.source;
  if (!external) return <SourceLink {...props} />;
  const row = "flex w-full items-center gap-1.5 py-0.5 text-xs";
  const words = <span className="min-w-0 flex-1 truncate">{title}</span>;
  if (!external.uri)
    return (
      <span className={row} title={external.snippet}>
        <Mark n={n} />
        {words}
      </span>
    );
  return (
    <a
      href={external.uri}
      target="_blank"
      rel="noreferrer"
      title={external.snippet ?? title}
      className={`${row} rounded-sm text-accent-text hover:bg-hover`}
    >
      <Mark n={n} />
      {words}
    </a>
  );
}

function SourceLink({ source, ready, onOpen }: { source: Source; ready: boolean; onOpen(): void }) {
  const path = [source.title, ...source.headingPath.filter((heading) => heading !== source.title)].join(
    " › ",
  );
  return (
    <button
      type="button"
      disabled={!ready}
      onClick={onOpen}
      title={`${path} (${source.n})`}
      className="flex w-full items-center gap-1.5 rounded-sm py-0.5 text-left text-xs text-accent-text hover:bg-hover"
    >
      <Mark n={source.n} />
      <span className="min-w-0 flex-1 truncate">{path}</span>
      <ChevronRight className="size-3 shrink-0" aria-hidden />
    </button>
  );
}

function Mark({ n }: { n: number }) {
  return (
    <span className="inline-flex h-4 min-w-4 shrink-0 items-center justify-center rounded-sm bg-accent-fill px-1 text-xs leading-none font-medium text-accent-text tabular-nums">
      {n}
    </span>
  );
}

type AnswerProps = Pick<CardView, "sentences" | "sources" | "draft"> & Pick<SuggestionCardProps, "onOpen">;

function Answer({ sentences, sources, draft, onOpen }: AnswerProps) {
  const { t } = useWords();
  if (draft !== undefined) return draft ? <p className="whitespace-pre-line">{draft}</p> : <Placeholder />;
  return (
    <AnswerText
      sentences={sentences}
      marks={(sentence) =>
        citedSources(sentence, sources).map((source) => (
          <button
            key={source.n}
            type="button"
            className="mx-0.5 inline-flex align-middle"
            aria-label={t("card.source", { n: source.n, title: source.title })}
            onClick={() => onOpen({ source, spans: spansOf([sentence], source.n) })}
          >
            <Mark n={source.n} />
          </button>
        ))
      }
    />
  );
}

function Placeholder() {
  return (
    <div aria-hidden className="flex flex-col gap-2 pt-1">
      <span className="h-2.5 w-full rounded-sm bg-hover" />
      <span className="h-2.5 w-11/12 rounded-sm bg-hover" />
      <span className="h-2.5 w-2/3 rounded-sm bg-hover" />
    </div>
  );
}

const citedSources = (sentence: Sentence, sources: readonly Source[]) =>
  sources.filter(({ n }) => sentence.citations.some((citation) => citation.n === n));

const spansOf = (sentences: readonly Sentence[], n: number) =>
  sentences.flatMap(({ citations }) => citations.filter((citation) => citation.n === n));
