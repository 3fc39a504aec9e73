"use client";

import { ArrowDown } from "lucide-react";
import { memo, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { LineView } from "./conversation-view.ts";
import { gapWords, noticeWords } from "./words.ts";
import { writeWords } from "./write-words.ts";

/** Nearer to the end than this counts as being at it. */
const AT_END_PX = 32;

/** What was said, oldest first. It follows the end until the agent scrolls back, and then says what came since. */
export function TranscriptPane({ lines }: { lines: readonly LineView[] }) {
  const box = useRef<HTMLDivElement>(null);
  const [leftAt, setLeftAt] = useState<number>();
  const follows = leftAt === undefined;

  // biome-ignore lint/correctness/useExhaustiveDependencies: each change of the lines may make the box longer.
  useLayoutEffect(() => {
    if (follows && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [lines, follows]);
  useEffect(() => {
    const element = box.current;
    if (!element || !follows) return;
    const resized = new ResizeObserver(() => {
      element.scrollTop = element.scrollHeight;
    });
    resized.observe(element);
    return () => resized.disconnect();
  }, [follows]);

  const scrolled = ({
    currentTarget: { scrollHeight, scrollTop, clientHeight },
  }: {
    currentTarget: HTMLElement;
  }) => {
    const atEnd = scrollHeight - scrollTop - clientHeight < AT_END_PX;
    if (atEnd) setLeftAt(undefined);
    else setLeftAt((before) => before ?? lines.length);
  };
  const since = follows ? 0 : lines.length - leftAt;
  const finals = lines.filter((line) => line.kind !== "said" || !line.interim);
  const interims = lines.filter((line) => line.kind === "said" && line.interim);

  return (
    <div className="relative min-h-0 flex-1">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard. */}
      <div ref={box} tabIndex={0} onScroll={scrolled} className="h-full overflow-y-auto px-3 pb-2">
        {lines.length === 0 ? (
          <p className="py-4 text-center text-muted">Nothing has been said yet.</p>
        ) : null}
        <div role="log" aria-label="Transcript" aria-live="polite">
          {finals.map((line, index) => (
            <Line key={line.key} line={line} sameSpeaker={isSameSpeaker(finals[index - 1], line)} />
          ))}
        </div>
        {/* Interim words change with every breath: not for a reader that speaks. */}
        <div aria-live="off">
          {interims.map((line) => (
            <Line key={line.key} line={line} sameSpeaker={false} />
          ))}
        </div>
      </div>
      {follows ? null : (
        <button
          type="button"
          onClick={() => setLeftAt(undefined)}
          className="absolute right-3 bottom-2 flex items-center gap-1 rounded-md border bg-raised px-2 py-0.5 text-xs shadow-float"
        >
          <ArrowDown className="size-3" aria-hidden />
          {since > 0 ? `${since} new` : "To the end"}
        </button>
      )}
    </div>
  );
}

const isSameSpeaker = (before: LineView | undefined, line: LineView) =>
  before?.kind === "said" && line.kind === "said" && before.speaker === line.speaker;

const SPEAKERS = { customer: "Customer", agent: "Agent" } as const;

const Line = memo(function Line({ line, sameSpeaker }: { line: LineView; sameSpeaker: boolean }) {
  if (line.kind === "gap")
    return <p className="py-1 pl-18 text-xs text-warn">{gapWords(line.durationMs, line.reason)}</p>;
  if (line.kind === "notice")
    return <p className="py-1 pl-18 text-xs text-muted">{noticeWords(line.code, line.language)}</p>;
  if (line.kind === "written")
    return (
      <p className="flex gap-2 py-0.5 text-muted">
        <span className="w-16 shrink-0 text-xs leading-5">{SPEAKERS.agent}</span>
        <span className="min-w-0 flex-1 break-words">
          {line.text} <span className="text-xs whitespace-nowrap italic">{writeWords(line.state)}</span>
        </span>
      </p>
    );
  return (
    <p
      className={`flex gap-2 py-0.5 ${line.interim ? "text-muted italic" : ""}`}
      title={line.interim ? undefined : new Date(line.at).toLocaleTimeString()}
    >
      <span
        className={`w-16 shrink-0 text-xs leading-5 not-italic ${line.speaker === "customer" ? "text-accent-text" : "text-muted"}`}
      >
        {sameSpeaker ? <span className="sr-only">{SPEAKERS[line.speaker]}</span> : SPEAKERS[line.speaker]}
      </span>
      <span className="min-w-0 flex-1 break-words">{line.text}</span>
    </p>
  );
});
