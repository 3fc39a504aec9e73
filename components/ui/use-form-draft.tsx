"use client";

import { History } from "lucide-react";
import { createContext, type RefObject, use, useEffect, useRef, useState } from "react";
import { Button } from "./button.tsx";
import {
  changedFields,
  type Draft,
  draftKey,
  fillFields,
  readDraft,
  readFields,
  writeDraft,
} from "./form-draft.ts";

/** What was typed into the form around it before; a control whose field is hidden takes its value from here. */
export const RestoredContext = createContext<Draft>({});

/** A field's value out of the draft, once there is one. */
export function useRestored(name: string | undefined): string | undefined {
  const draft = use(RestoredContext);
  return name === undefined ? undefined : draft[name];
}

type FormDraftOptions = {
  /** Tells the form apart from others on its page; without it the names of its fields do. */
  name: string | undefined;
  kept: boolean;
  onRestored: () => void;
};

/**
 * Keeps what is typed until it is saved or thrown away on purpose, so that a lost session or a closed page costs
 * nothing. A field of version or identity says `data-draft="always"` to travel with the rest.
 */
export function useFormDraft(form: RefObject<HTMLFormElement | null>, options: FormDraftOptions) {
  const { name, kept } = options;
  const [restored, setRestored] = useState<Draft>({});
  const before = useRef<Draft>({});
  const key = useRef<string>(undefined);
  const onRestored = useRef(options.onRestored);
  onRestored.current = options.onRestored;

  useEffect(() => {
    if (!kept || !form.current) return;
    before.current = readFields(form.current);
    key.current = draftKey(name ?? Object.keys(before.current).sort().join(" "));
    const draft = changedFields(before.current, readDraft(key.current));
    if (Object.keys(draft).length === 0) return;
    setRestored(draft);
    onRestored.current();
    return inSteps(() => form.current && fillFields(form.current, draft));
  }, [form, name, kept]);

  const keep = () => {
    if (!key.current || !form.current) return;
    const changed = changedFields(before.current, readFields(form.current));
    const always = Object.keys(changed).length > 0 ? alwaysKept(form.current) : {};
    writeDraft(key.current, { ...changed, ...always });
  };
  const forget = () => {
    if (key.current) writeDraft(key.current, {});
    setRestored({});
  };
  return { restored, keep, forget, isRestored: Object.keys(restored).length > 0 };
}

function alwaysKept(form: HTMLFormElement): Draft {
  const hidden = form.querySelectorAll<HTMLInputElement>('input[data-draft="always"]');
  return Object.fromEntries([...hidden].map(({ name, value }) => [name, value]));
}

/** Some fields appear only after others have their value. */
const STEPS = 3;

function inSteps(step: () => void): () => void {
  let frame = 0;
  const run = (left: number) => {
    step();
    if (left > 1) frame = requestAnimationFrame(() => run(left - 1));
  };
  run(STEPS);
  return () => cancelAnimationFrame(frame);
}

/** Says that the form is not as the server has it. */
export function RestoredLine({ onStartOver }: { onStartOver: () => void }) {
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md bg-info-fill px-3 py-1.5 text-sm text-info"
    >
      <History className="size-4 shrink-0" aria-hidden />
      <span className="min-w-0 flex-1">What you typed here before is back. It has not been saved.</span>
      <Button size="sm" variant="ghost" onClick={onStartOver}>
        Start over
      </Button>
    </div>
  );
}
