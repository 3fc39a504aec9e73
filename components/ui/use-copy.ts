"use client";

import { useEffect, useRef, useState } from "react";

const SHOWN_MS = 1500;

export type CopyState = "idle" | "copied" | "failed";

/** Copies a text and says for a moment how that went. */
export function useCopy(text: string): { state: CopyState; copy: () => void } {
  const [state, setState] = useState<CopyState>("idle");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const show = (next: CopyState) => {
    setState(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setState("idle"), SHOWN_MS);
  };
  const copy = () => {
    writeText(text).then(
      () => show("copied"),
      () => show("failed"),
    );
  };
  return { state, copy };
}

/** The clipboard is closed to pages without TLS and to frames without permission; the old command often is not. */
export async function writeText(text: string): Promise<void> {
  if (navigator.clipboard) {
    try {
      return await navigator.clipboard.writeText(text);
    } catch {
      // Refused here: the command below may still be allowed.
    }
  }
  const area = document.createElement("textarea");
  area.value = text;
  area.style.position = "fixed";
  area.style.opacity = "0";
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  if (!copied) throw new Error("The browser did not allow copying.");
}
