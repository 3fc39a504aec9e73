"use client";

import { SendHorizontal } from "lucide-react";
import { type FormEvent, type KeyboardEvent, type RefObject, useState } from "react";
import { Button } from "#/components/ui/button.tsx";
import { useWords } from "./use-words.tsx";

type AskBoxProps = {
  input: RefObject<HTMLTextAreaElement | null>;
  onAsk(text: string): void;
  problem?: string;
};

const LONGEST = 2_000;

/** A question of the agent's own. Enter asks, Shift+Enter makes a line, Esc leaves. */
export function AskBox({ input, onAsk, problem }: AskBoxProps) {
  const { t, said } = useWords();
  const [text, setText] = useState("");
  const ask = (event?: FormEvent) => {
    event?.preventDefault();
    if (!text.trim()) return;
    onAsk(text.trim());
    setText("");
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === "Escape") event.currentTarget.blur();
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    ask(event);
  };
  return (
    <form onSubmit={ask} aria-label={t("ask.form")} className="shrink-0 border-t bg-surface p-2">
      {problem ? (
        <p role="alert" className="px-1 pb-1 text-xs text-error">
          {said(problem)}
        </p>
      ) : null}
      <div className="flex items-end gap-1 rounded-md border border-line-strong bg-background pr-0.5 focus-within:outline-2 focus-within:outline-accent-line">
        <textarea
          ref={input}
          rows={1}
          value={text}
          maxLength={LONGEST}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={press}
          aria-label={t("ask.label")}
          aria-keyshortcuts="/"
          placeholder={t("ask.placeholder")}
          className="field-sizing-content max-h-24 min-w-0 flex-1 resize-none bg-transparent px-2 py-1.5 outline-none placeholder:text-muted"
        />
        <Button
          type="submit"
          variant="ghost"
          size="icon-sm"
          aria-label={t("ask.form")}
          disabled={!text.trim()}
        >
          <SendHorizontal aria-hidden />
        </Button>
      </div>
    </form>
  );
}
