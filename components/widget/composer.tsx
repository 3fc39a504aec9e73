"use client";

import { PenLine, SendHorizontal, X } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { Button } from "#/components/ui/button.tsx";
import { LONGEST_WRITTEN } from "#/lib/events/write-back.ts";
import type { ComposerWork } from "./use-composer.ts";
import { useWords } from "./use-words.tsx";
import { UNREACHED } from "./use-writes.ts";

/** Near the limit the agent is told how much room is left. */
const TELL_ROOM_BELOW = 300;

type ComposerProps = {
  work: ComposerWork;
  /** Why nothing can be sent now. */
  blocked?: string;
};

/** A message to the customer, edited before it is sent. Ctrl+Enter sends; Esc leaves and keeps the text. */
export function Composer({ work, blocked }: ComposerProps) {
  const { t, said } = useWords();
  const problem = work.problem === UNREACHED ? t("queue.unreached") : said(work.problem ?? blocked ?? "");
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
      aria-label={t("composer.label")}
      className="shrink-0 border-t bg-surface p-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (!blocked) work.onSend();
      }}
    >
      <div className="flex items-center justify-between pb-1 pl-1">
        <h2 className="text-xs font-medium text-muted">{t("composer.label")}</h2>
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label={t("composer.close")}
          title={`${t("composer.close")} (${t("keys.esc")})`}
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
        aria-label={t("composer.label")}
        aria-describedby="composer-note"
        className="field-sizing-content max-h-48 min-h-16 w-full resize-none rounded-md border border-line-strong bg-background px-2 py-1.5 outline-none focus-visible:outline-2 focus-visible:outline-accent-line disabled:text-muted"
      />
      <div className="flex items-center gap-2 pt-1">
        <p id="composer-note" className="min-w-0 flex-1 px-1 text-xs text-muted">
          {problem ? (
            <span role="alert" className="text-error">
              {problem}
            </span>
          ) : room < TELL_ROOM_BELOW ? (
            t("composer.left", { count: room })
          ) : (
            t("composer.keys")
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
          {t("composer.send")}
        </Button>
      </div>
    </form>
  );
}

/** Opens the message box with nothing in it, or with what was begun. */
export function WriteButton({ onClick }: { onClick(): void }) {
  const { t } = useWords();
  return (
    <div className="shrink-0 border-t px-2 py-1">
      <Button variant="ghost" size="sm" title={`${t("composer.write")} (m)`} onClick={onClick}>
        <PenLine aria-hidden />
        {t("composer.write")}
      </Button>
    </div>
  );
}
