"use client";

import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { AnswerView } from "./conversation-view.ts";
import { NOTHING_READ, type Reading, takeIn, waitingAnswers } from "./reading.ts";

/** A hand that moved this lately says that someone is at the card. */
const ENGAGED_FOR_MS = 6_000;
const LOOK_AGAIN_MS = 500;
const SIGNS = ["pointermove", "pointerdown", "wheel", "keydown", "focusin"] as const;

type UseReading = {
  shown: readonly AnswerView[];
  waiting: readonly AnswerView[];
  openKey?: string;
  open(key: string | undefined): void;
  /** Lets in what waits, now. */
  letIn(): void;
};

/** Decides which answers are on screen; `pane` is where signs of reading are looked for. */
export function useReading(
  answers: readonly AnswerView[],
  pane: RefObject<HTMLElement | null>,
  busy: boolean,
): UseReading {
  const [reading, setReading] = useState<Reading>(NOTHING_READ);
  const touchedAt = useRef(0);
  const waiting = waitingAnswers(reading, answers);

  const look = useCallback(() => {
    const engaged = busy || Date.now() - touchedAt.current < ENGAGED_FOR_MS || hasSelection(pane.current);
    setReading((before) => takeIn(before, { answers, engaged, now: Date.now() }));
  }, [answers, pane, busy]);

  // Before the paint, so that a first card is not a frame late.
  useLayoutEffect(look, [look]);
  useEffect(() => {
    if (waiting.length === 0) return;
    const timer = setInterval(look, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [waiting.length, look]);

  useEffect(() => {
    const touch = () => {
      touchedAt.current = Date.now();
    };
    const element = pane.current;
    for (const sign of SIGNS) element?.addEventListener(sign, touch, { passive: true });
    return () => {
      for (const sign of SIGNS) element?.removeEventListener(sign, touch);
    };
  }, [pane]);

  return {
    shown: answers.filter(({ key }) => reading.shown.has(key)),
    waiting,
    openKey: reading.openKey,
    open: (openKey) => setReading((before) => ({ ...before, openKey, openedAt: Date.now() })),
    letIn: () =>
      setReading((before) =>
        takeIn({ ...before, openedAt: 0 }, { answers, engaged: false, now: Date.now() }),
      ),
  };
}

function hasSelection(element: HTMLElement | null): boolean {
  const selection = document.getSelection();
  return Boolean(element && selection && !selection.isCollapsed && element.contains(selection.anchorNode));
}
