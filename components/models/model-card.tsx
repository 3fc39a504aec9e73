"use client";

import { useTransition } from "react";
import { toast } from "sonner";
import { Badge } from "#/components/ui/badge.tsx";
import { Button } from "#/components/ui/button.tsx";
import { Card, CardHeader, Facts } from "#/components/ui/card.tsx";
import { ConfirmByName } from "#/components/ui/confirm-by-name.tsx";
import type { ModelRow } from "#/lib/models/list-models.ts";
import { MODEL_KIND_FACTS } from "#/lib/models/model-kinds.ts";
import { ModelFormSheet, type SaveModel } from "./model-form-sheet.tsx";
import { ModelTest } from "./model-test.tsx";

type Outcome = { ok: true } | { ok: false; message: string };

type ModelCardProps = {
  model: ModelRow;
  testAddress: string;
  /** Undefined for readers who may not change anything. */
  changes:
    | { save: SaveModel; remove: () => Promise<Outcome>; setDefault: () => Promise<Outcome> }
    | undefined;
};

/** One model: where it runs, where it answers, and its test. */
export function ModelCard({ model, testAddress, changes }: ModelCardProps) {
  const [busy, startTransition] = useTransition();
  const switchDefault = (setDefault: () => Promise<Outcome>) =>
    startTransition(async () => {
      const result = await setDefault();
      if (!result.ok) toast.error(result.message);
      else if (model.isDefault) toast.success("Queues without a mapping answer extractively now.");
      else toast.success(`${model.name} answers for queues without a mapping now.`);
    });
  const title = (
    <span className="flex items-center gap-2">
      {model.name} {model.isDefault ? <Badge tone="accent">default</Badge> : null}
    </span>
  );
  const actions = changes ? (
    <>
      <Button size="sm" variant="ghost" busy={busy} onClick={() => switchDefault(changes.setDefault)}>
        {model.isDefault ? "Stop as default" : "Make default"}
      </Button>
      <ModelFormSheet model={model} save={changes.save} trigger={<Button size="sm">Change</Button>} />
      <ConfirmByName
        trigger={
          <Button size="sm" variant="danger-quiet">
            Delete…
          </Button>
        }
        title={`Delete ${model.name}?`}
        name={model.name}
        confirmLabel="Delete for good"
        action={changes.remove}
      >
        The stored key is lost.{" "}
        {model.usedBy.length > 0
          ? `These answer extractively from then on: ${model.usedBy.join(", ")}.`
          : "Nothing uses this model."}
      </ConfirmByName>
    </>
  ) : undefined;
  return (
    <Card>
      <CardHeader title={title} actions={actions} />
      <Facts
        items={[
          { term: "Provider", value: MODEL_KIND_FACTS[model.kind].label },
          { term: "Server", value: <span className="font-mono">{model.baseUrl}</span> },
          { term: "Model", value: <span className="font-mono">{model.model}</span> },
          { term: "API key", value: model.hasKey ? "stored" : "none" },
          { term: "Answers for", value: model.usedBy.join(", ") || "nothing yet" },
        ]}
      />
      {changes ? <ModelTest address={testAddress} /> : null}
    </Card>
  );
}
