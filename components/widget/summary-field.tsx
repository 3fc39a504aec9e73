"use client";

import { Lock, LockOpen, Pencil } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { Button } from "#/components/ui/button.tsx";
import type { SummaryField as Field } from "#/lib/events/summary.ts";
import type { TurnView } from "./desk-view.ts";

type SummaryFieldProps = {
  label: string;
  field: Field;
  turns: ReadonlyMap<string, TurnView>;
  /** Resolves with what went wrong, if anything did. */
  onSave(text: string): Promise<string | undefined>;
  onUnlock(): void;
};

/** One part of the summary: drafted sentences that show what they rest on, or the agent's own words, locked. */
export function SummaryField({ label, field, turns, onSave, onUnlock }: SummaryFieldProps) {
  const [editing, setEditing] = useState(false);
  return (
    <section aria-label={label} className="rounded-md border bg-surface px-3 py-2">
      <header className="flex h-7 items-center gap-1">
        <h2 className="flex-1 text-xs font-medium text-muted">{label}</h2>
        {field.locked && !editing ? (
          <>
            <span className="flex items-center gap-1 text-xs text-muted">
              <Lock className="size-3" aria-hidden />
              Locked
            </span>
            <Button
              variant="ghost"
              size="sm"
              aria-label={`Unlock ${label}`}
              title="These words are kept as they are. Unlock to have the part drafted again."
              onClick={onUnlock}
            >
              <LockOpen aria-hidden />
              Unlock
            </Button>
          </>
        ) : null}
        {editing ? null : (
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label={`Edit ${label}`}
            title="Edit; your words are then kept"
            onClick={() => setEditing(true)}
          >
            <Pencil aria-hidden />
          </Button>
        )}
      </header>
      {editing ? (
        <Editor label={label} initial={field.text} onSave={onSave} onClose={() => setEditing(false)} />
      ) : field.locked || field.sentences.length === 0 ? (
        <p className={`break-words whitespace-pre-line ${field.text ? "" : "text-muted"}`}>
          {field.text || "Nothing yet"}
        </p>
      ) : (
        <ul className="flex flex-col gap-0.5">
          {field.sentences.map((sentence) => (
            <Sentence key={sentence.text} {...sentence} turns={turns} />
          ))}
        </ul>
      )}
    </section>
  );
}

type SentenceProps = { text: string; evidence: readonly string[]; turns: ReadonlyMap<string, TurnView> };

function Sentence({ text, evidence, turns }: SentenceProps) {
  const [open, setOpen] = useState(false);
  const known = evidence.flatMap((id) => {
    const turn = turns.get(id);
    return turn ? [{ id, ...turn }] : [];
  });
  if (known.length === 0) return <li className="break-words">{text}</li>;
  return (
    <li>
      <button
        type="button"
        aria-expanded={open}
        title="What this rests on"
        onClick={() => setOpen((before) => !before)}
        className="-mx-1 w-full rounded-sm px-1 text-left break-words decoration-line-strong decoration-dotted underline-offset-4 hover:bg-hover hover:underline aria-expanded:bg-selected"
      >
        {text}
      </button>
      {open ? (
        <ul
          aria-label="What this rests on"
          className="my-1 flex flex-col gap-1 border-l-2 border-line-strong pl-2 text-xs text-muted"
        >
          {known.map(({ id, speaker, text: said, at }) => (
            <li key={id}>
              <span className="font-medium">{speaker === "customer" ? "Customer" : "Agent"}</span>{" "}
              <time>{new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}</time>{" "}
              {said}
            </li>
          ))}
        </ul>
      ) : null}
    </li>
  );
}

type EditorProps = {
  label: string;
  initial: string;
  onSave(text: string): Promise<string | undefined>;
  onClose(): void;
};

/** Ctrl+Enter saves, Esc leaves. What another tab or a draft writes meanwhile does not touch what is typed. */
function Editor({ label, initial, onSave, onClose }: EditorProps) {
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
          {problem}
        </p>
      ) : null}
      <div className="flex items-center justify-end gap-1 pt-1">
        <Button size="sm" variant="ghost" onClick={onClose}>
          Cancel
        </Button>
        <Button size="sm" busy={busy} onClick={() => void save()}>
          Keep
        </Button>
      </div>
    </div>
  );
}
