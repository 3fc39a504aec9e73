"use client";

import { Check, Copy, X } from "lucide-react";
import { Button } from "./button.tsx";
import { type CopyState, useCopy } from "./use-copy.ts";

const ICONS = { idle: Copy, copied: Check, failed: X } as const;
const WORDS: Record<CopyState, string> = { idle: "Copy", copied: "Copied", failed: "Copying was refused" };

type CopyButtonProps = {
  text: string;
  /** What is copied, for screen readers: "Copy the address". */
  label?: string;
  /** `word` shows the word beside the icon. */
  look?: "icon" | "word";
};

export function CopyButton({ text, label = "Copy", look = "icon" }: CopyButtonProps) {
  const { state, copy } = useCopy(text);
  const Icon = ICONS[state];
  return (
    <Button
      variant={look === "icon" ? "ghost" : "secondary"}
      size={look === "icon" ? "icon-sm" : "sm"}
      aria-label={state === "idle" ? label : WORDS[state]}
      title={state === "idle" ? label : WORDS[state]}
      onClick={copy}
    >
      <Icon aria-hidden />
      {look === "word" ? WORDS[state] : null}
      <span role="status" className="sr-only">
        {state === "idle" ? "" : WORDS[state]}
      </span>
    </Button>
  );
}

type CopyTextProps = { text: string; label: string };

/** An address or a value to paste elsewhere: shown whole, copied with one click. */
export function CopyText({ text, label }: CopyTextProps) {
  return (
    <span className="flex min-w-0 items-center gap-1 rounded-md border bg-background pl-2.5">
      <code
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard.
        tabIndex={0}
        className="min-w-0 flex-1 overflow-x-auto py-1.5 font-mono text-sm whitespace-nowrap"
      >
        {text}
      </code>
      <CopyButton text={text} label={label} />
    </span>
  );
}
