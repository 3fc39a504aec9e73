"use client";

import { ArrowLeft } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "#/components/ui/button.tsx";
import type { PassageAnswer } from "#/lib/realtime/requests.ts";
import type { Opening } from "./suggestion-card.tsx";
import { useWords } from "./use-words.tsx";

type PassagePanelProps = {
  opening: Opening;
  read(chunkId: string): Promise<PassageAnswer>;
  onClose(): void;
};

const UNREACHED: PassageAnswer = { ok: false, code: "no_answer", message: "" };

/** A source as it is written, with the words that the answer rests on marked. */
export function PassagePanel({ opening: { source, spans }, read, onClose }: PassagePanelProps) {
  const { t } = useWords();
  const [passage, setPassage] = useState<PassageAnswer>();
  const back = useRef<HTMLSpanElement>(null);

  useEffect(() => {
    const before = document.activeElement;
    back.current?.querySelector("button")?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a passage is read once for each source.
  useEffect(() => {
    let current = true;
    void read(source.chunkId)
      .catch(() => UNREACHED)
      .then((answer) => current && setPassage(answer));
    return () => {
      current = false;
    };
  }, [source.chunkId]);

  const headings = source.headingPath.filter((heading) => heading !== source.title);
  return (
    <section
      aria-label={t("passage.label", { title: source.title })}
      className="absolute inset-0 z-10 flex flex-col bg-background"
    >
      <header className="flex shrink-0 items-center gap-1 border-b bg-surface py-1 pr-3 pl-1">
        <span ref={back}>
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label={t("passage.back")}
            title={`${t("passage.back")} (${t("keys.esc")})`}
            onClick={onClose}
          >
            <ArrowLeft aria-hidden />
          </Button>
        </span>
        <div className="min-w-0">
          <h2 className="truncate font-medium">{source.title}</h2>
          {headings.length > 0 ? <p className="truncate text-xs text-muted">{headings.join(" › ")}</p> : null}
        </div>
      </header>
      <div
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard.
        tabIndex={0}
        className="min-h-0 flex-1 overflow-y-auto p-3 break-words whitespace-pre-line"
        aria-busy={!passage}
      >
        {passage ? (
          <Passage passage={passage} spans={spans} />
        ) : (
          <p className="text-muted">{t("passage.opening")}</p>
        )}
      </div>
    </section>
  );
}

function Passage({ passage, spans }: { passage: PassageAnswer; spans: Opening["spans"] }) {
  const { t, said } = useWords();
  if (!passage.ok)
    return <p role="alert">{passage.message ? said(passage.message) : t("passage.unreached")}</p>;
  return (
    <>
      {passage.before ? <p className="mb-2 text-muted">{passage.before}</p> : null}
      <p>
        {markedParts(passage.text, spans).map(({ at, text, marked }) =>
          marked ? (
            <mark key={at} className="rounded-sm bg-accent-fill text-text">
              {text}
            </mark>
          ) : (
            <span key={at}>{text}</span>
          ),
        )}
      </p>
      {passage.after ? <p className="mt-2 text-muted">{passage.after}</p> : null}
      <p className="mt-3 border-t pt-2 font-mono text-xs break-all text-muted">{passage.origin}</p>
    </>
  );
}

type Part = { at: number; text: string; marked: boolean };

/** Cuts a text at the edges of its marked spans; spans may overlap, and may lie about the text's length. */
export function markedParts(text: string, spans: Opening["spans"]): Part[] {
  const edges = new Set([0, text.length]);
  for (const { start, end } of spans)
    for (const edge of [start, end]) edges.add(Math.min(Math.max(0, edge), text.length));
  const sorted = [...edges].sort((one, other) => one - other);
  return sorted.slice(0, -1).map((at, index) => {
    const end = sorted[index + 1] ?? text.length;
    return {
      at,
      text: text.slice(at, end),
      marked: spans.some((span) => span.start <= at && span.end >= end),
    };
  });
}
