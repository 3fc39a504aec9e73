"use client";

import { useEffect, useState } from "react";
import type { LineView } from "./conversation-view.ts";

const LINES_A_PAGE = 200;

/** A line to be shown, and a new object each time that it is asked for. */
export type LineTarget = { eventId: string };

type Paged = {
  visible: readonly LineView[];
  /** There is more above: here, or on the server. */
  hasMore: boolean;
  state: "idle" | "loading" | "failed";
  more(): void;
  /** Back to the newest lines only. */
  reset(): void;
};

type PagedOptions = {
  lines: readonly LineView[];
  /** The server has lines before these. */
  hasOlder: boolean;
  loadOlder(): Promise<boolean>;
  target: LineTarget | undefined;
  /** While the end is followed the window moves with it; otherwise nothing leaves it at the top. */
  follows: boolean;
};

/** The last of the lines, and more of them on request: from memory first, then from the server. */
export function usePagedLines({ lines, hasOlder, loadOlder, target, follows }: PagedOptions): Paged {
  const [window, setWindow] = useState(LINES_A_PAGE);
  const [pinned, setPinned] = useState<string>();
  const [state, setState] = useState<Paged["state"]>("idle");

  const at = follows || pinned === undefined ? -1 : lines.findIndex(({ key }) => key === pinned);
  const start = at === -1 ? Math.max(0, lines.length - window) : at;
  const visible = lines.slice(start);
  const firstKey = visible[0]?.key;
  // The first line stays the first while somebody reads back, however many come at the end.
  useEffect(() => {
    if (follows) setPinned(undefined);
    else setPinned((before) => before ?? firstKey);
  }, [follows, firstKey]);

  const more = () => {
    if (state === "loading") return;
    if (start > 0) {
      setWindow(lines.length - start + LINES_A_PAGE);
      setPinned(lines[Math.max(0, start - LINES_A_PAGE)]?.key);
      return;
    }
    if (!hasOlder) return;
    setState("loading");
    void loadOlder().then((loaded) => {
      setPinned(undefined);
      setWindow((before) => Math.max(before, lines.length) + LINES_A_PAGE);
      setState(loaded ? "idle" : "failed");
    });
  };

  // What is asked for may be pages back: each page that comes brings it nearer.
  const isVisible = target && visible.some((line) => line.kind === "said" && isOf(line, target));
  // biome-ignore lint/correctness/useExhaustiveDependencies: a failed page is not asked for again by itself.
  useEffect(() => {
    if (target && !isVisible && state === "idle" && (start > 0 || hasOlder)) more();
  }, [target, isVisible, state, start, hasOlder]);

  return {
    visible,
    hasMore: start > 0 || hasOlder,
    state,
    more,
    reset: () => {
      setWindow(LINES_A_PAGE);
      setPinned(undefined);
    },
  };
}

export const isOf = (line: LineView, { eventId }: LineTarget) =>
  line.kind === "said" && !line.interim && line.eventId === eventId;
