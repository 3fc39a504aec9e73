"use client";

import { useRef, useState } from "react";
import { Button } from "#/components/ui/button.tsx";
import { Card } from "#/components/ui/card.tsx";
import { ConfirmDialog } from "#/components/ui/confirm-dialog.tsx";
import { Field } from "#/components/ui/field.tsx";
import { Input } from "#/components/ui/input.tsx";
import { type FormResult, SubmitForm } from "#/components/ui/submit-form.tsx";
import {
  RETENTION_KINDS,
  RETENTION_RULES,
  type RetentionDays,
  type RetentionKind,
} from "#/lib/privacy/retention-rules.ts";
import type { ActionResult } from "./action-result.ts";

type Counts = Record<RetentionKind, number>;

type RetentionFormProps = {
  days: RetentionDays;
  /** Counting stops there. */
  most: number;
  count: (form: FormData) => Promise<ActionResult<{ counts: Counts }>>;
  save: (form: FormData) => Promise<FormResult>;
};

const NOT_SAVED: FormResult = {
  ok: false,
  message: "Nothing was saved: the days are as before.",
  fields: {},
};

/** How long each kind of data is kept. Whoever shortens a time is told first what that deletes. */
export function RetentionForm({ days, most, count, save }: RetentionFormProps) {
  const [asked, setAsked] = useState<Counts>();
  const answer = useRef<(goOn: boolean) => void>(undefined);
  const decide = (goOn: boolean) => {
    setAsked(undefined);
    answer.current?.(goOn);
  };
  const confirmed = (counts: Counts) =>
    new Promise<boolean>((resolve) => {
      answer.current = resolve;
      setAsked(counts);
    });
  const submit = async (form: FormData): Promise<FormResult> => {
    const shorter = RETENTION_KINDS.some((kind) => Number(form.get(kind)) < days[kind]);
    if (shorter) {
      const counted = await count(form);
      if (!counted.ok) return counted;
      if (RETENTION_KINDS.some((kind) => counted.counts[kind] > 0) && !(await confirmed(counted.counts)))
        return NOT_SAVED;
    }
    return save(form);
  };
  return (
    <Card>
      <SubmitForm action={submit} savedMessage="Saved. The next round goes by it.">
        <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2 xl:grid-cols-3">
          {RETENTION_KINDS.map((kind) => (
            <Field
              key={kind}
              name={kind}
              required
              label={`${RETENTION_RULES[kind].label}, days`}
              help={`${RETENTION_RULES[kind].hint} At least ${RETENTION_RULES[kind].least}.`}
            >
              <Input font="mono" inputMode="numeric" autoComplete="off" defaultValue={String(days[kind])} />
            </Field>
          ))}
        </div>
      </SubmitForm>
      <ConfirmDialog
        open={asked !== undefined}
        onOpenChange={(open) => (open ? undefined : decide(false))}
        title="This deletes data"
        footer={
          <>
            <Button onClick={() => decide(false)}>Keep the days</Button>
            <Button variant="danger" onClick={() => decide(true)}>
              Save and delete
            </Button>
          </>
        }
      >
        Under these days the next round would delete, for good:
        <ul className="mt-2 flex flex-col gap-1 text-text">
          {RETENTION_KINDS.filter((kind) => (asked?.[kind] ?? 0) > 0).map((kind) => (
            <li key={kind} className="tabular-nums">
              {countWords(asked?.[kind] ?? 0, most)} {RETENTION_RULES[kind].unit}
            </li>
          ))}
        </ul>
      </ConfirmDialog>
    </Card>
  );
}

function countWords(count: number, most: number): string {
  return count >= most ? `${most.toLocaleString("en")} or more` : count.toLocaleString("en");
}
