"use client";

import { useEffect, useRef } from "react";

/** What each key does; undefined where it has nothing to act on now. `Shift+1` is the key, whatever stands on it. */
export type Shortcuts = Record<string, (() => void) | undefined>;

/** Single keys, for hands that are on the keyboard anyway; never while something is being typed. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (isTyping(event.target) && event.key !== "Escape") return;
      const act = latest.current[shiftedDigit(event) ?? event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}

/** What a shifted digit writes differs by keyboard; where it lies does not. A layout may need Shift for its other keys. */
function shiftedDigit({ shiftKey, code }: KeyboardEvent): string | undefined {
  const [, digit] = /^Digit([1-3])$/.exec(code) ?? [];
  return shiftKey && digit ? `Shift+${digit}` : undefined;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");
}
