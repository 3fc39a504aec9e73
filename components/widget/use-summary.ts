"use client";

import { useEffect, useRef, useState } from "react";
import type { ConversationLink } from "./conversation-link.ts";
import type { ConversationView } from "./conversation-view.ts";

const REFRESH_MS = 60_000;
/** A draft takes a few seconds; a server that says nothing must not leave the button turning. */
const PATIENCE_MS = 20_000;

type Refresh = {
  /** A person's wish is under way. */
  busy: boolean;
  /** Drafts anew, whether or not anything was said since. */
  again(): void;
};

/** While the summary is on screen it is drafted anew once a minute, where something new was said; and when asked. */
export function useSummaryRefresh(
  link: ConversationLink | undefined,
  live: boolean,
  { turns, summary }: Pick<ConversationView, "turns" | "summary">,
  visible: boolean,
): Refresh {
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

  const version = summary?.version ?? 0;
  const [asked, setAsked] = useState<number>();
  const busy = asked !== undefined && asked === version;
  useEffect(() => {
    if (!busy) return;
    const timer = setTimeout(() => setAsked(undefined), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [busy]);
  return {
    busy,
    again: () => {
      if (!link || !live || busy) return;
      setAsked(version);
      link.summarize(true);
    },
  };
}
