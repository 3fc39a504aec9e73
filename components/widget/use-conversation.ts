"use client";

import { useEffect, useMemo, useSyncExternalStore } from "react";
import { EMPTY_CONVERSATION } from "./conversation-state.ts";
import { type ConversationView, conversationView } from "./conversation-view.ts";
import type { Talk } from "./talks.ts";

/** The conversation as it is to be shown; tells the server, after each paint, that it is on screen. */
export function useConversation({ store, link }: Talk): ConversationView {
  const state = useSyncExternalStore(store.subscribe, store.state, () => EMPTY_CONVERSATION);
  const { messages } = state;

  // A frame after the commit the browser has painted; a hidden page paints when it is looked at again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new set of messages is a new paint.
  useEffect(() => {
    const frame = requestAnimationFrame(() => link?.painted());
    return () => cancelAnimationFrame(frame);
  }, [messages, link]);

  useEffect(() => {
    const back = () => {
      if (document.visibilityState === "visible") link?.refresh();
    };
    window.addEventListener("online", back);
    document.addEventListener("visibilitychange", back);
    return () => {
      window.removeEventListener("online", back);
      document.removeEventListener("visibilitychange", back);
    };
  }, [link]);

  return useMemo(() => conversationView(state), [state]);
}
