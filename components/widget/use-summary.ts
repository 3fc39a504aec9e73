"use client";

import { useEffect, useRef } from "react";
import type { ConversationLink } from "./conversation-link.ts";
import type { ConversationView } from "./conversation-view.ts";

const REFRESH_MS = 60_000;

/** While the summary is on screen it is drafted anew once a minute, where something new was said. */
export function useSummaryRefresh(
  link: ConversationLink | undefined,
  live: boolean,
  { turns }: Pick<ConversationView, "turns">,
  visible: boolean,
): void {
  const said = useRef(turns.size);
  useEffect(() => {
    said.current = turns.size;
  });
  useEffect(() => {
    if (!link || !visible || !live) return;
    let askedAt = said.current;
    link.summarize();
    const timer = setInterval(() => {
      if (said.current === askedAt) return;
      askedAt = said.current;
      link.summarize();
    }, REFRESH_MS);
    return () => clearInterval(timer);
  }, [link, visible, live]);
}
