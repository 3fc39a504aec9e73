"use client";

import { ArrowDown } from "lucide-react";
import { type UIEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { LineView } from "./conversation-view.ts";
import { TranscriptLine } from "./transcript-line.tsx";
import { isOf, type LineTarget, usePagedLines } from "./use-paged-lines.ts";
import { useShortcuts } from "./use-shortcuts.ts";
import { useWords } from "./use-words.tsx";

/** Nearer to the end than this counts as being at it. */
const AT_END_PX = 32;
/** Earlier lines are fetched before their place is reached. */
const NEAR_TOP_PX = 120;

type TranscriptPaneProps = {
  lines: readonly LineView[];
  /** The server has earlier lines. */
  hasOlder: boolean;
  loadOlder(): Promise<boolean>;
  target: LineTarget | undefined;
};

/** What was said, oldest first. It follows the end until the agent scrolls back, and then says what came since. */
export function TranscriptPane({ lines, hasOlder, loadOlder, target }: TranscriptPaneProps) {
  const { t } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const [leftAt, setLeftAt] = useState<number>();
  const follows = leftAt === undefined;
  const finals = lines.filter((line) => line.kind !== "said" || !line.interim);
  const interims = lines.filter((line) => line.kind === "said" && line.interim);
  const paged = usePagedLines({ lines: finals, hasOlder, loadOlder, target, follows });
  const toNow = () => {
    setLeftAt(undefined);
    paged.reset();
  };
  useShortcuts({ e: toNow });
  useFollowedEnd(box, follows, lines);
  useSteadyTop(box, follows, paged.visible[0]?.key);
  useTarget(box, target, paged.visible, () => setLeftAt((before) => before ?? finals.length));

  const scrolled = ({ currentTarget: { scrollHeight, scrollTop, clientHeight } }: UIEvent<HTMLElement>) => {
    if (clientHeight === 0) return;
    const atEnd = scrollHeight - scrollTop - clientHeight < AT_END_PX;
    if (atEnd) setLeftAt(undefined);
    else setLeftAt((before) => before ?? finals.length);
    if (!atEnd && scrollTop < NEAR_TOP_PX && paged.state === "idle") paged.more();
  };
  const since = follows ? 0 : Math.max(0, finals.length - leftAt);

  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={box}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard.
        tabIndex={0}
        onScroll={scrolled}
        className="h-full overflow-y-auto px-3 pb-2 [overflow-anchor:none]"
      >
        {finals.length === 0 && interims.length === 0 ? (
          <p className="py-4 text-center text-muted">{t("transcript.empty")}</p>
        ) : null}
        {paged.hasMore ? <Earlier state={paged.state} onMore={paged.more} /> : null}
        <div role="log" aria-label={t("pane.transcript")} aria-live={follows ? "polite" : "off"}>
          {paged.visible.map((line, index) => (
            <TranscriptLine
              key={line.key}
              line={line}
              marked={target !== undefined && isOf(line, target)}
              sameSpeaker={isSameSpeaker(paged.visible[index - 1], line)}
            />
          ))}
        </div>
        {/* Interim words change with every breath: not for a reader that speaks. */}
        <div aria-live="off">
          {interims.map((line) => (
            <TranscriptLine key={line.key} line={line} sameSpeaker={false} />
          ))}
        </div>
      </div>
      {follows ? null : (
        <button
          type="button"
          onClick={toNow}
          title={`${t("transcript.toNow")} (e)`}
          className="absolute right-3 bottom-2 flex max-w-[calc(100%-1.5rem)] items-center gap-1 rounded-md border bg-raised px-2 py-0.5 text-xs shadow-float"
        >
          <ArrowDown className="size-3 shrink-0" aria-hidden />
          <span className="truncate">{t("transcript.toNow")}</span>
          {since > 0 ? (
            <span className="shrink-0 text-muted">{t("transcript.new", { count: since })}</span>
          ) : null}
        </button>
      )}
    </div>
  );
}

function Earlier({ state, onMore }: { state: "idle" | "loading" | "failed"; onMore(): void }) {
  const { t } = useWords();
  if (state === "loading")
    return (
      <p role="status" className="h-7 text-center text-xs leading-7 text-muted">
        {t("transcript.loading")}
      </p>
    );
  return (
    <p className="min-h-7 text-center">
      <button type="button" onClick={onMore} className="rounded-sm px-1 text-xs leading-7 text-accent-text">
        {t(state === "failed" ? "transcript.olderFailed" : "transcript.older")}
      </button>
    </p>
  );
}

type Box = { readonly current: HTMLDivElement | null };

function useFollowedEnd(box: Box, follows: boolean, lines: readonly LineView[]): void {
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
  }, [box, follows]);
}

/** What is put in above must not push away what is being read. */
function useSteadyTop(box: Box, follows: boolean, firstKey: string | undefined): void {
  const before = useRef({ height: 0, firstKey });
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const grown = element.scrollHeight - before.current.height;
    if (!follows && before.current.firstKey !== firstKey && grown > 0) element.scrollTop += grown;
    before.current = { height: element.scrollHeight, firstKey };
  });
}

/** Brings a line that was asked for into sight, once it is here; the reader then stands there. */
function useTarget(
  box: Box,
  target: LineTarget | undefined,
  visible: readonly LineView[],
  onLeave: () => void,
): void {
  const done = useRef<LineTarget>(undefined);
  const here = target !== undefined && visible.some((line) => isOf(line, target));
  useEffect(() => {
    if (!target || !here || done.current === target) return;
    done.current = target;
    onLeave();
    const line = box.current?.querySelector(`[data-event="${CSS.escape(target.eventId)}"]`);
    // A frame later: the pane may only now be on screen.
    requestAnimationFrame(() => {
      line?.scrollIntoView({ block: "center" });
      box.current?.focus({ preventScroll: true });
    });
  });
}

const isSameSpeaker = (before: LineView | undefined, line: LineView) =>
  before?.kind === "said" && line.kind === "said" && before.speaker === line.speaker;
