"use client";

import { useState, useTransition } from "react";
import { Badge, StateBadge } from "#/components/ui/badge.tsx";
import { Button } from "#/components/ui/button.tsx";
import { Sheet } from "#/components/ui/dialog.tsx";
import { ErrorState } from "#/components/ui/empty-state.tsx";
import { Field } from "#/components/ui/field.tsx";
import { Input } from "#/components/ui/input.tsx";
import type { ImportPlan } from "#/lib/routing/import-mappings.ts";
import type { PlannedRow } from "#/lib/routing/plan-import.ts";
import { offerUndo } from "./bulk-bar.tsx";
import { ChangeList } from "./change-list.tsx";
import { type MappingChanges, UNREACHABLE } from "./mapping-changes.ts";

type ImportSheetProps = { open: boolean; onClose: () => void; changes: MappingChanges };

const MOST_BYTES = 1_000_000;

/** A file of mappings: first what it would do, line by line, then the doing. */
export function ImportSheet({ open, onClose, changes }: ImportSheetProps) {
  const [text, setText] = useState("");
  const [plan, setPlan] = useState<ImportPlan>();
  const [problem, setProblem] = useState<string>();
  const [busy, startTransition] = useTransition();
  const ready = plan && !("problem" in plan) && plan.errors === 0 && plan.added + plan.changed > 0;
  const close = () => {
    setPlan(undefined);
    setProblem(undefined);
    onClose();
  };
  const read = (file: File | undefined) =>
    startTransition(async () => {
      setPlan(undefined);
      if (!file) return;
      if (file.size > MOST_BYTES) return setProblem("The file is larger than 1 MB.");
      const content = await file.text();
      setText(content);
      const result = await changes.plan({ text: content }).catch(() => UNREACHABLE);
      setProblem(result.ok ? undefined : result.message);
      if (result.ok) setPlan(result.plan);
    });
  const apply = () =>
    startTransition(async () => {
      if (!ready) return;
      const result = await changes
        .importCsv({ text, fingerprint: plan.fingerprint })
        .catch(() => UNREACHABLE);
      if (!result.ok) return setProblem(result.message);
      close();
      offerUndo(`${result.added} added, ${result.changed.length} changed.`, result.changed, changes.undo);
    });
  return (
    <Sheet
      open={open}
      onOpenChange={(next) => (next ? undefined : close())}
      size="lg"
      title="Import mappings"
      hint="First you see what the file would do; nothing is changed until you say so."
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button variant="primary" busy={busy} disabled={!ready} onClick={apply}>
            {ready ? `Add ${plan.added}, change ${plan.changed}` : "Import"}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <Field
          label="CSV file"
          help="Columns connection and queue_id, and what is to be set: queue_name, knowledge_base, model, threshold, system_prompt. A column that is left out stays as it is; an empty cell means none. An export shows the form."
        >
          <Input type="file" accept=".csv,text/csv" onChange={({ target }) => read(target.files?.[0])} />
        </Field>
        {problem ? <ErrorState title="Nothing was changed">{problem}</ErrorState> : null}
        {plan ? <PlanShown plan={plan} /> : null}
      </div>
    </Sheet>
  );
}

function PlanShown({ plan }: { plan: ImportPlan }) {
  if ("problem" in plan) return <ErrorState title="This file cannot be imported">{plan.problem}</ErrorState>;
  const { rows, errors, added, changed, same } = plan;
  const first = [...rows].sort((a, b) => Number(b.action === "error") - Number(a.action === "error"));
  return (
    <section aria-label="What the file would do" className="flex flex-col gap-2">
      <h3 className="flex flex-wrap items-center gap-2 font-semibold">
        {rows.length} {rows.length === 1 ? "row" : "rows"}
        {errors > 0 ? <Badge tone="error">{errors} with errors</Badge> : null}
        <Badge>{added} new</Badge>
        <Badge>{changed} changed</Badge>
        <Badge>{same} as they are</Badge>
      </h3>
      {errors > 0 ? <p className="text-sm">Mend the marked lines and choose the file again.</p> : null}
      <ul className="flex flex-col divide-y rounded-md border">
        {first.map((row) => (
          <PlanRow key={row.line} row={row} />
        ))}
      </ul>
    </section>
  );
}

const ACTIONS = {
  add: { state: "info", word: "new" },
  change: { state: "info", word: "changed" },
  same: { state: "off", word: "as it is" },
  error: { state: "error", word: "error" },
} as const;

function PlanRow({ row }: { row: PlannedRow }) {
  const { state, word } = ACTIONS[row.action];
  return (
    <li className="flex flex-col gap-1 px-3 py-2">
      <span className="flex flex-wrap items-center gap-x-3">
        <span className="w-16 text-sm text-muted tabular-nums">line {row.line}</span>
        <span className="font-medium break-words">{row.queue}</span>
        <span className="text-sm text-muted">{row.connection}</span>
        <StateBadge state={state} look="plain">
          {word}
        </StateBadge>
      </span>
      {row.errors.map((error) => (
        <span key={error} className="text-sm text-error">
          {error}
        </span>
      ))}
      {row.action === "change" ? <ChangeList changes={row.changes} /> : null}
    </li>
  );
}
