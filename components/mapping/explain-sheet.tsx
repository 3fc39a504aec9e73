"use client";

import { useState, useTransition } from "react";
import { Button } from "#/components/ui/button.tsx";
import { Card, Facts } from "#/components/ui/card.tsx";
import { Sheet } from "#/components/ui/dialog.tsx";
import { ErrorState } from "#/components/ui/empty-state.tsx";
import { Field } from "#/components/ui/field.tsx";
import { Select } from "#/components/ui/select.tsx";
import { CARD_THRESHOLD } from "#/lib/knowledge/search/confidence.ts";
import type { QueueExplanation } from "#/lib/routing/explain-queue.ts";
import type { QueueChoice } from "#/lib/routing/list-choices.ts";
import { type MappingReads, UNREACHABLE } from "./mapping-changes.ts";
import { QueueCombobox } from "./queue-combobox.tsx";
import type { ListingConnection } from "./queue-fields.tsx";

type ExplainSheetProps = {
  open: boolean;
  onClose: () => void;
  onOpenMapping: (mappingId: string) => void;
  connections: readonly ListingConnection[];
  explain: MappingReads["explain"];
};

type Explained = { queue: string; explanation: QueueExplanation; platformFirst: boolean };

/** Any queue, mapped or not: what answers there right now, and what decides it. */
export function ExplainSheet({ open, onClose, onOpenMapping, connections, explain }: ExplainSheetProps) {
  const [connectionId, setConnectionId] = useState(connections[0]?.id ?? "");
  const [explained, setExplained] = useState<Explained>();
  const [problem, setProblem] = useState<string>();
  const [, startTransition] = useTransition();
  const connection = connections.find(({ id }) => id === connectionId);
  const choose = (queue: QueueChoice | undefined) =>
    startTransition(async () => {
      setExplained(undefined);
      if (!queue) return;
      const result = await explain({ connectionId, queueId: queue.id }).catch(() => UNREACHABLE);
      setProblem(result.ok ? undefined : result.message);
      if (result.ok) setExplained({ ...result, queue: queue.name });
    });
  return (
    <Sheet
      open={open}
      onOpenChange={(next) => (next ? undefined : onClose())}
      size="lg"
      title="What would a queue use?"
      hint="What a question in this queue would be answered with right now, and why."
    >
      <div className="flex flex-col gap-4">
        <Field label="Connection">
          <Select
            options={connections.map(({ id, name }) => ({ value: id, label: name }))}
            value={connectionId}
            onValueChange={(id) => {
              setConnectionId(id);
              setExplained(undefined);
            }}
          />
        </Field>
        {connection ? (
          <Field label="Queue" help="One from the list, or an id that is not in it.">
            <QueueCombobox
              key={connection.id}
              platform={connection.platform}
              queues={connection.queues}
              chosen={undefined}
              onChoose={choose}
            />
          </Field>
        ) : null}
        {problem ? <ErrorState title="No answer">{problem}</ErrorState> : null}
        {explained ? <ExplanationCard {...explained} onOpenMapping={onOpenMapping} /> : null}
      </div>
    </Sheet>
  );
}

function ExplanationCard({
  queue,
  explanation,
  platformFirst,
  onOpenMapping,
}: Explained & { onOpenMapping: (mappingId: string) => void }) {
  const { mappingId, knowledgeBase, model, threshold, systemPrompt, version } = explanation;
  const base = knowledgeBase
    ? `${knowledgeBase.name}, ${knowledgeBase.documents.toLocaleString("en")} documents${knowledgeBase.from === "default" && mappingId ? " (of the tenant default)" : ""}`
    : "none";
  return (
    <Card>
      <h3 className="mb-1 font-semibold break-words">{queue}</h3>
      <ol className="mb-3 flex list-decimal flex-col gap-1 pl-5 text-sm">
        {reasonsOf(explanation, platformFirst).map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ol>
      <Facts
        items={[
          { term: "Knowledge base", value: base },
          { term: "Model", value: model ?? "extractive answers" },
          {
            term: "Threshold",
            value: `${(threshold ?? CARD_THRESHOLD).toFixed(2)}${threshold === undefined ? " (the product's own)" : ""}`,
          },
          { term: "System prompt", value: systemPrompt || "none" },
          { term: "Version", value: version === undefined ? "none" : String(version) },
        ]}
      />
      <div className="mt-3">
        <Button onClick={() => onOpenMapping(mappingId ?? "default")}>
          {mappingId ? "Open this mapping" : "Open the tenant default"}
        </Button>
      </div>
    </Card>
  );
}

/** What decides, in the order in which it is asked at a turn. */
function reasonsOf(explanation: QueueExplanation, platformFirst: boolean): string[] {
  const { why, connection, paused, knowledgeBase, model, systemPrompt } = explanation;
  return [
    paused && `${connection} is paused: nothing comes in from this queue at all.`,
    platformFirst &&
      "The platform's own assistant answers first; what follows is asked where it has nothing.",
    why === "queue mapping" && "This queue has a mapping of its own, so the mapping decides.",
    why === "tenant default" && "This queue has no mapping, so the tenant default decides.",
    why === "nothing" && "This queue has no mapping and there is no tenant default: nothing is suggested.",
    why === "queue mapping" &&
      knowledgeBase?.from === "default" &&
      "The mapping names no knowledge base, so the tenant default's is searched.",
    why !== "nothing" && !knowledgeBase && "No knowledge base is set, so nothing is suggested.",
    knowledgeBase?.documents === 0 &&
      "The knowledge base has no document that is ready, so nothing is found there.",
    !model && systemPrompt !== "" && "There is no model, so the system prompt has no effect.",
  ].filter((reason) => reason !== false && reason !== undefined);
}
