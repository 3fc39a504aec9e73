"use client";

import { Check, Copy, X } from "lucide-react";
import { Button } from "#/components/ui/button.tsx";
import { useCopy } from "#/components/ui/use-copy.ts";
import { useWords } from "./use-words.tsx";

const ICONS = { idle: Copy, copied: Check, failed: X } as const;
const WORDS = { idle: "copy.do", copied: "copy.done", failed: "copy.refused" } as const;
const LONG = { copied: "copy.done", failed: "copy.refusedLong" } as const;

/** Copies a text and says for a moment how that went. `label` says what is copied. */
export function CopyWords({ text, label }: { text: string; label: string }) {
  const { t } = useWords();
  const { state, copy } = useCopy(text);
  const Icon = ICONS[state];
  const words = state === "idle" ? label : t(LONG[state]);
  return (
    <Button size="sm" aria-label={words} title={words} onClick={copy}>
      <Icon aria-hidden />
      {t(WORDS[state])}
      <span role="status" className="sr-only">
        {state === "idle" ? "" : words}
      </span>
    </Button>
  );
}
