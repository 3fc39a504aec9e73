"use client";

import { CircleAlert } from "lucide-react";
import { useRouter } from "next/navigation";
import { Fragment, type KeyboardEvent, type ReactNode, useRef, useState, useTransition } from "react";
import { toast } from "sonner";
import { Button } from "./button.tsx";
import { FieldErrorsContext } from "./field.tsx";
import { Kbd } from "./kbd.tsx";
import { useUnsavedGuard } from "./unsaved-guard.tsx";
import { RestoredContext, RestoredLine, useFormDraft } from "./use-form-draft.tsx";

/**
 * What a form's action answers: done, or the words to show and the reason for each refused field. `signIn`: the
 * session has ended, and with it nothing else is wrong.
 */
export type FormResult =
  | { ok: true }
  | { ok: false; message: string; fields: Record<string, string>; signIn?: boolean };

type SubmitFormProps<R extends FormResult> = {
  action: (form: FormData) => Promise<R>;
  children: ReactNode;
  submitLabel?: ReactNode;
  /** Said in a toast when it worked. */
  savedMessage?: string;
  onSaved?: (result: Extract<R, { ok: true }>) => void;
  onDirtyChange?: (dirty: boolean) => void;
  /** Beside the submit button: cancel, test. */
  secondary?: ReactNode;
  /** Off for a form that only asks, such as a search. */
  guard?: boolean;
  /** Tells this form's draft apart where several forms of a page have the same fields. */
  draft?: string;
};

/**
 * A form that saves through a server action: Ctrl+Enter, errors at their fields, a question before changes are lost,
 * and what was typed back after a lost session.
 */
export function SubmitForm<R extends FormResult>(props: SubmitFormProps<R>) {
  const { action, children, submitLabel = "Save", savedMessage, onSaved, onDirtyChange, secondary } = props;
  const form = useRef<HTMLFormElement>(null);
  const [busy, startTransition] = useTransition();
  const [refusal, setRefusal] = useState<Extract<FormResult, { ok: false }>>();
  const [dirty, setDirty] = useState(false);
  const [generation, setGeneration] = useState(0);
  const kept = props.guard !== false;
  const draft = useFormDraft(form, { name: props.draft, kept, onRestored: () => markDirty(true) });
  const { question } = useUnsavedGuard(dirty && kept, draft.forget);

  const markDirty = (next: boolean) => {
    if (next === dirty) return;
    setDirty(next);
    onDirtyChange?.(next);
  };
  const submit = () => {
    const sent = new FormData(form.current ?? undefined);
    startTransition(async () => {
      const result: FormResult = await action(sent).catch(() => UNREACHABLE);
      if (!result.ok) {
        setRefusal(result);
        requestAnimationFrame(() => focusFirstError(form.current));
        return;
      }
      setRefusal(undefined);
      markDirty(false);
      draft.forget();
      if (savedMessage) toast.success(savedMessage);
      onSaved?.(result as Extract<R, { ok: true }>);
    });
  };
  const startOver = () => {
    draft.forget();
    setRefusal(undefined);
    markDirty(false);
    setGeneration(generation + 1);
  };
  const saveOnChord = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || busy) return;
    event.preventDefault();
    // Some controls open on Enter, whatever else is held.
    event.stopPropagation();
    form.current?.requestSubmit();
  };

  return (
    <FieldErrorsContext value={refusal?.fields ?? {}}>
      <form
        ref={form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) submit();
        }}
        onInput={() => {
          markDirty(true);
          draft.keep();
        }}
        onKeyDownCapture={saveOnChord}
        className="flex flex-col gap-4"
      >
        {draft.isRestored ? <RestoredLine onStartOver={startOver} /> : null}
        <RestoredContext value={draft.restored}>
          <Fragment key={generation}>{children}</Fragment>
        </RestoredContext>
        {refusal ? <RefusalLine {...refusal} /> : null}
        <div className="flex flex-wrap items-center gap-2">
          <Button type="submit" variant="primary" busy={busy}>
            {submitLabel}
          </Button>
          {secondary}
          <span className="ml-auto hidden text-xs text-muted sm:inline">
            <Kbd keys="Ctrl+Enter" />
          </span>
        </div>
      </form>
      {question}
    </FieldErrorsContext>
  );
}

const UNREACHABLE: FormResult = {
  ok: false,
  message: "The server did not answer, so nothing was saved. Check the connection and try again.",
  fields: {},
};

function focusFirstError(form: HTMLFormElement | null): void {
  form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}

function RefusalLine({ message, signIn }: { message: string; signIn?: boolean }) {
  const router = useRouter();
  const here = () => encodeURIComponent(`${location.pathname}${location.search}`);
  return (
    <div
      role="alert"
      className="flex items-start gap-2 rounded-md bg-error-fill px-3 py-2 text-sm text-error"
    >
      <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
      <p className="min-w-0 flex-1">
        {message}
        {signIn ? " What you typed stays in this tab, but for secrets." : null}
      </p>
      {signIn ? (
        <Button size="sm" onClick={() => router.push(`/sign-in?callbackUrl=${here()}` as never)}>
          Sign in
        </Button>
      ) : null}
    </div>
  );
}
