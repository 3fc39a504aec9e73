"use client";

import { useRef, useState } from "react";
import { type PaneName, useNarrow } from "./panes.tsx";
import type { Opening } from "./suggestion-card.tsx";
import type { LineTarget } from "./use-paged-lines.ts";

/** What is open, shown and folded, and the keys for it. */
export function useScreen() {
  const assistRef = useRef<HTMLElement>(null);
  const askRef = useRef<HTMLTextAreaElement>(null);
  const narrow = useNarrow();
  const [pane, setPane] = useState<PaneName>("assist");
  const [folded, setFolded] = useState(false);
  const [keys, setKeys] = useState(false);
  const [opening, setOpening] = useState<Opening>();
  const [target, setTarget] = useState<LineTarget>();

  const toggleTranscript = () => {
    if (narrow) return setPane(pane === "transcript" ? "assist" : "transcript");
    if (pane !== "summary") setFolded((before) => !before);
    setPane("transcript");
  };
  const show = (next: PaneName) => {
    setPane(next);
    setFolded(false);
  };
  /** Shows where something was said. */
  const showTurn = (eventId: string) => {
    show("transcript");
    setTarget({ eventId });
  };
  const toggleKeys = () => setKeys((before) => !before);
  const close = () => {
    setOpening(undefined);
    setKeys(false);
  };
  return {
    assistRef,
    askRef,
    opening,
    setOpening,
    target,
    showTurn,
    keys,
    toggleKeys,
    close,
    panes: {
      narrow,
      pane,
      onPane: show,
      folded,
      onFold: () => setFolded((before) => !before),
      assistRef,
    },
    shortcuts: {
      t: toggleTranscript,
      w: () => show(pane === "summary" ? "assist" : "summary"),
      "?": toggleKeys,
      "/": () => askRef.current?.focus(),
      Escape: opening || keys ? close : undefined,
    },
  };
}
