"use client";

import { PenLine, SendHorizontal, X } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { Button } from "#/components/ui/button.tsx";
import { LONGEST_WRITTEN } from "#/lib/events/write-back.ts";
import type { ComposerWork } from "./use-composer.ts";

/** Near the limit the agent is told how much room is left. */
const TELL_ROOM_BELOW = 300;

type ComposerProps = {
  work: ComposerWork;
  /** Why nothing can be sent now. */
  blocked?: string;
};

/** A message to the customer, edited before it is sent. Ctrl+Enter sends; Esc leaves and keeps the text. */
export function Composer({ work, blocked }: ComposerProps) {
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    const element = box.current;
    element?.focus();
    element?.setSelectionRange(element.value.length, element.value.length);
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      work.onClose();
    }
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (!blocked) work.onSend();
  };
  const room = LONGEST_WRITTEN - work.text.length;
  return (
    <form
      aria-label="Message to the customer"
      className="shrink-0 border-t bg-surface p-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (!blocked) work.onSend();
      }}
    >
      <div className="flex items-center justify-between pb-1 pl-1">
        <h2 className="text-xs font-medium text-muted">Message to the customer</h2>
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label="Close, keep the text"
          title="Close, keep the text (Esc)"
          onClick={work.onClose}
        >
          <X aria-hidden />
        </Button>
      </div>
      <textarea
        ref={box}
        rows={3}
        value={work.text}
        maxLength={LONGEST_WRITTEN}
        disabled={work.busy}
        onChange={(event) => work.onText(event.target.value)}
        onKeyDown={press}
        aria-label="Message to the customer"
        aria-describedby="composer-note"
        className="field-sizing-content max-h-48 min-h-16 w-full resize-none rounded-md border border-line-strong bg-background px-2 py-1.5 outline-none focus-visible:outline-2 focus-visible:outline-accent-line disabled:text-muted"
      />
      <div className="flex items-center gap-2 pt-1">
        <p id="composer-note" className="min-w-0 flex-1 px-1 text-xs text-muted">
          {work.problem || blocked ? (
            <span role="alert" className="text-error">
              {work.problem ?? blocked}
            </span>
          ) : room < TELL_ROOM_BELOW ? (
            `${room} characters left`
          ) : (
            "Ctrl+Enter sends"
          )}
        </p>
        <Button
          type="submit"
          variant="primary"
          size="sm"
          busy={work.busy}
          disabled={work.busy || Boolean(blocked) || work.text.trim() === ""}
        >
          <SendHorizontal aria-hidden />
          {work.busy ? "Sending" : "Send"}
        </Button>
      </div>
    </form>
  );
}

/** Opens the message box with nothing in it, or with what was begun. */
export function WriteButton({ onClick }: { onClick(): void }) {
  return (
    <div className="shrink-0 border-t px-2 py-1">
      <Button variant="ghost" size="sm" title="Write a message (m)" onClick={onClick}>
        <PenLine aria-hidden />
        Write a message
      </Button>
    </div>
  );
}
