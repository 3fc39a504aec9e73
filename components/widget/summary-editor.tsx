"use client";

import { type KeyboardEvent, useState } from "react";
import { Button } from "#/components/ui/button.tsx";
import { useWords } from "./use-words.tsx";

type SummaryEditorProps = {
  label: string;
  initial: string;
  onSave(text: string): Promise<string | undefined>;
  onClose(): void;
};

/** Ctrl+Enter saves, Esc leaves. What another tab or a draft writes meanwhile does not touch what is typed. */
export function SummaryEditor({ label, initial, onSave, onClose }: SummaryEditorProps) {
  const { t, said } = useWords();
  const [text, setText] = useState(initial);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const save = async () => {
    setBusy(true);
    const failed = await onSave(text);
    setBusy(false);
    setProblem(failed);
    if (failed === undefined) onClose();
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      onClose();
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void save();
  };
  return (
    <div>
      <textarea
        // biome-ignore lint/a11y/noAutofocus: the agent has just asked to write here.
        autoFocus
        onFocus={({ currentTarget: box }) => box.setSelectionRange(box.value.length, box.value.length)}
        value={text}
        maxLength={4_000}
        disabled={busy}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={press}
        aria-label={label}
        className="field-sizing-content min-h-16 w-full resize-none rounded-md border border-line-strong bg-background px-2 py-1.5 outline-none focus-visible:outline-2 focus-visible:outline-accent-line"
      />
      {problem ? (
        <p role="alert" className="text-xs text-error">
          {said(problem)}
        </p>
      ) : null}
      <div className="flex items-center justify-end gap-1 pt-1">
        <Button size="sm" variant="ghost" onClick={onClose}>
          {t("summary.cancel")}
        </Button>
        <Button size="sm" busy={busy} onClick={() => void save()}>
          {t("summary.keep")}
        </Button>
      </div>
    </div>
  );
}
