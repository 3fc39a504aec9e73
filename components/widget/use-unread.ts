"use client";

import { useEffect, useRef, useState } from "react";
import type { AnswerView } from "./conversation-view.ts";
import { useWords } from "./use-words.tsx";

type UnreadOptions = {
  /** What is on screen, if the pane is. */
  shown: readonly AnswerView[];
  answers: readonly AnswerView[];
  paneVisible: boolean;
  /** The conversation is held as it stands: what is here from before is nothing new. */
  live: boolean;
  /** Told of each change, so that the page around the frame can say it. */
  onCount?: ((count: number) => void) | undefined;
};

/** How many cards came that nobody has had on screen. Told by a count and the page's title; nothing rings or moves. */
export function useUnread({ shown, answers, paneVisible, live, onCount }: UnreadOptions): number {
  const { t } = useWords();
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  const started = useRef(false);
  const pageVisible = usePageVisible();

  useEffect(() => {
    if (!live) return;
    const looked = started.current ? (paneVisible && pageVisible ? shown : []) : answers;
    started.current = true;
    const fresh = looked.filter(({ key }) => !seen.has(key));
    if (fresh.length > 0) setSeen(new Set([...seen, ...fresh.map(({ key }) => key)]));
  }, [live, paneVisible, pageVisible, shown, answers, seen]);

  const count = started.current
    ? answers.filter(({ kind, key }) => kind === "card" && !seen.has(key)).length
    : 0;
  useEffect(() => {
    document.title = count === 0 ? t("app.pageTitle") : t("app.pageTitleUnread", { count });
    onCount?.(count);
  }, [count, t, onCount]);
  return count;
}

function usePageVisible(): boolean {
  const [visible, setVisible] = useState(true);
  useEffect(() => {
    const look = () => setVisible(document.visibilityState === "visible");
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  return visible;
}
