"use client";

import { X } from "lucide-react";
import { Button } from "#/components/ui/button.tsx";
import { Kbd } from "#/components/ui/kbd.tsx";

const KEYS = [
  ["/", "Ask the knowledge base"],
  ["n", "Show what is new"],
  ["j", "Next older suggestion"],
  ["k", "Next newer suggestion"],
  ["1 – 9", "Open a source"],
  ["c", "Copy the answer"],
  ["i", "Insert the answer, where the desktop takes it"],
  ["s", "Send the answer, after a look at it, where the platform allows it"],
  ["m", "Write a message to the customer"],
  ["Ctrl+Enter", "Send or keep what is being written"],
  ["+", "Helpful"],
  ["-", "Not helpful"],
  ["t", "Show or hide the transcript"],
  ["w", "Summary and wrap-up"],
  ["Esc", "Close"],
  ["?", "This list"],
] as const;

/** Every action has a key; these are they. */
export function KeysPanel({ onClose }: { onClose(): void }) {
  return (
    <section
      aria-label="Keys"
      className="absolute inset-0 z-20 flex flex-col overflow-y-auto bg-background p-3"
    >
      <header className="flex items-center justify-between">
        <h2 className="font-medium">Keys</h2>
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label="Close"
          title="Close (Esc)"
          autoFocus
          onClick={onClose}
        >
          <X aria-hidden />
        </Button>
      </header>
      <dl className="mt-2 grid grid-cols-[auto_1fr] items-center gap-x-3 gap-y-1.5">
        {KEYS.map(([key, words]) => (
          <div key={key} className="contents">
            <dt className="text-right">
              {key === "+" ? (
                <kbd className="rounded-sm border px-1 font-sans text-xs text-muted">+</kbd>
              ) : (
                <Kbd keys={key} />
              )}
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
