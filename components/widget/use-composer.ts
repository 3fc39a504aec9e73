"use client";

import { useRef, useState } from "react";
import { LONGEST_WRITTEN } from "#/lib/events/write-back.ts";
import type { WriteView } from "./desk-view.ts";
import type { Writes } from "./use-writes.ts";

type Draft = { writeId: string; text: string; suggestionId?: string };

const FREE = "free";

export type ComposerWork = {
  text: string;
  busy: boolean;
  problem?: string;
  onText(text: string): void;
  onSend(): void;
  onClose(): void;
};

/**
 * The box in which a message is written. A text that was begun is kept, for each card and for free text, until
 * it is sent; its id is the intent's, so that however often it is clicked it is one message.
 */
export function useComposer(writes: Writes, sent: readonly WriteView[]) {
  const drafts = useRef(new Map<string, Draft>());
  const [openKey, setOpenKey] = useState<string>();
  const [text, setText] = useState("");
  const draft = openKey === undefined ? undefined : drafts.current.get(openKey);
  const recorded = draft && sent.some(({ writeId }) => writeId === draft.writeId);

  const open = (suggestionId?: string, prefill = "") => {
    const key = suggestionId ?? FREE;
    const kept = drafts.current.get(key);
    const stale = kept && sent.some(({ writeId }) => writeId === kept.writeId);
    const next = kept && !stale ? kept : { writeId: crypto.randomUUID(), text: prefill, suggestionId };
    drafts.current.set(key, next);
    setText(next.text);
    setOpenKey(key);
  };
  const change = (next: string) => {
    if (draft) draft.text = next;
    setText(next);
  };
  const send = () => {
    const words = text.trim();
    if (!draft || recorded || words === "") return;
    const { writeId, suggestionId } = draft;
    writes.begin({ writeId, intent: { kind: "message", text: words, suggestionId } });
  };
  const state = draft && writes.asking.get(draft.writeId);
  const composer: ComposerWork | undefined =
    draft && !recorded
      ? {
          text,
          busy: state !== undefined && state.problem === undefined,
          problem: state?.problem,
          onText: (next) => change(next.slice(0, LONGEST_WRITTEN)),
          onSend: send,
          onClose: () => setOpenKey(undefined),
        }
      : undefined;
  return { open, composer };
}
