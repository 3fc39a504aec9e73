"use client";

import { useState } from "react";
import { Field } from "#/components/ui/field.tsx";
import { Input } from "#/components/ui/input.tsx";
import { Select } from "#/components/ui/select.tsx";
import type { ConnectionChoice } from "#/lib/routing/list-choices.ts";
import type { MappingRow } from "#/lib/routing/list-mappings.ts";

type QueueFieldsProps = { row: MappingRow | undefined; connections: readonly ConnectionChoice[] };

const TYPED = "__typed__";

/** The queue of a mapping: chosen from those that are known, or typed. An existing mapping keeps its queue. */
export function QueueFields({ row, connections }: QueueFieldsProps) {
  const [connectionId, setConnectionId] = useState(row?.connectionId ?? connections[0]?.id ?? "");
  const [chosen, setChosen] = useState("");
  if (row) {
    return (
      <>
        <input type="hidden" name="mappingId" value={row.mappingId} />
        <input type="hidden" name="connectionId" value={row.connectionId} />
        <input type="hidden" name="queueId" value={row.queueId} />
        <Field label="Queue name" name="queueName" help="Only how it is shown here.">
          <Input defaultValue={row.queueName} autoComplete="off" />
        </Field>
      </>
    );
  }
  const queues = connections.find(({ id }) => id === connectionId)?.queues ?? [];
  const typed = chosen === TYPED || queues.length === 0;
  const name = queues.find(({ id }) => id === chosen)?.name ?? "";
  return (
    <>
      <Field label="Connection" name="connectionId" required>
        <Select
          options={connections.map((connection) => ({ value: connection.id, label: connection.name }))}
          value={connectionId}
          onValueChange={(next) => {
            setConnectionId(next);
            setChosen("");
          }}
        />
      </Field>
      {queues.length > 0 ? (
        <Field label="Queue" name={typed ? undefined : "queueId"} required>
          <Select
            options={[
              ...queues.map((queue) => ({
                value: queue.id,
                label: queue.name,
                hint: queue.name === queue.id ? undefined : queue.id,
              })),
              { value: TYPED, label: "Another queue…" },
            ]}
            value={chosen}
            onValueChange={setChosen}
            placeholder="Choose a queue"
          />
        </Field>
      ) : null}
      {typed ? (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Queue id" name="queueId" required help="As the platform names it in its events.">
            <Input font="mono" autoComplete="off" spellCheck={false} />
          </Field>
          <Field label="Queue name" name="queueName" optional>
            <Input autoComplete="off" />
          </Field>
        </div>
      ) : (
        <input type="hidden" name="queueName" value={name} />
      )}
    </>
  );
}
