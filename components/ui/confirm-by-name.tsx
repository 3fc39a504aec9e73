"use client";

import { type ReactNode, useState, useTransition } from "react";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { ErrorState } from "./empty-state.tsx";
import { Field } from "./field.tsx";
import { Input } from "./input.tsx";

type Outcome = { ok: true } | { ok: false; message: string };

type ConfirmByNameProps = {
  trigger: ReactNode;
  title: string;
  /** The name to type. */
  name: string;
  /** What will be lost, in words and numbers. */
  children: ReactNode;
  confirmLabel: string;
  action: () => Promise<Outcome>;
  onDone?: () => void;
};

/** For what cannot be undone: names what will be lost and asks for the thing's name. */
export function ConfirmByName(props: ConfirmByNameProps) {
  const { trigger, title, name, children, confirmLabel, action, onDone } = props;
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string>();
  const [busy, startTransition] = useTransition();

  const toggle = (next: boolean) => {
    setOpen(next);
    setTyped("");
    setProblem(undefined);
  };
  const confirm = () =>
    startTransition(async () => {
      const outcome = await action();
      if (!outcome.ok) return setProblem(outcome.message);
      toggle(false);
      onDone?.();
    });

  return (
    <Dialog trigger={trigger} title={title} open={open} onOpenChange={toggle} size="sm">
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed === name && !busy) confirm();
        }}
      >
        <div className="text-base">{children}</div>
        <Field
          label={
            <>
              Type <span className="font-mono">{name}</span> to confirm
            </>
          }
        >
          <Input
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
        {problem ? <ErrorState title="That did not work">{problem}</ErrorState> : null}
        <div className="flex justify-end gap-2">
          <Button onClick={() => toggle(false)}>Keep it</Button>
          <Button type="submit" variant="danger" disabled={typed !== name} busy={busy}>
            {confirmLabel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
