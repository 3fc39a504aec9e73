"use client";

import { useState } from "react";
import { Button } from "#/components/ui/button.tsx";
import { Field } from "#/components/ui/field.tsx";
import { Input } from "#/components/ui/input.tsx";
import { Select } from "#/components/ui/select.tsx";
import type { ConnectionChoice, QueueChoice } from "#/lib/routing/list-choices.ts";
import type { MappingRow } from "#/lib/routing/list-mappings.ts";
import { GoneSince } from "./gone-since.tsx";
import { QueueCombobox } from "./queue-combobox.tsx";
import { type ListQueues, RefreshQueues } from "./refresh-queues.tsx";

/** A connection whose platform lists its queues has the platform's name for the button. */
export type ListingConnection = ConnectionChoice & { listedBy?: string };

type QueueFieldsProps = {
  row: MappingRow | undefined;
  connections: readonly ListingConnection[];
  list: ListQueues | undefined;
};

/** The queue of a mapping: found among those that are known, or typed. An existing mapping keeps its queue. */
export function QueueFields({ row, connections, list }: QueueFieldsProps) {
  const [connectionId, setConnectionId] = useState(connections[0]?.id ?? "");
  const connection = connections.find(({ id }) => id === connectionId);
  if (row) return <MappedQueue row={row} />;
  return (
    <>
      <Field label="Connection" name="connectionId" required>
        <Select
          options={connections.map(({ id, name }) => ({ value: id, label: name }))}
          value={connectionId}
          onValueChange={setConnectionId}
        />
      </Field>
      {connection ? <NewQueue key={connection.id} connection={connection} list={list} /> : null}
    </>
  );
}

function MappedQueue({ row }: { row: MappingRow }) {
  return (
    <>
      <input type="hidden" name="mappingId" value={row.mappingId} />
      <input type="hidden" name="connectionId" value={row.connectionId} />
      <input type="hidden" name="queueId" value={row.queueId} />
      <Field
        label="Queue name"
        name="queueName"
        help={
          row.queueGoneAt ? (
            <>
              <GoneSince platform={row.platform} at={row.queueGoneAt} />. The mapping still counts for what
              comes in under its id.
            </>
          ) : (
            "Only how it is shown here."
          )
        }
      >
        <Input defaultValue={row.queueName} autoComplete="off" />
      </Field>
    </>
  );
}

function NewQueue({ connection, list }: { connection: ListingConnection; list: ListQueues | undefined }) {
  const { id, platform, queues, listedBy, listedAt } = connection;
  const [chosen, setChosen] = useState<QueueChoice>();
  const [typing, setTyping] = useState(false);
  const typed = typing || queues.length === 0;
  return (
    <div className="flex flex-col gap-2">
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
        <Field label="Queue" name="queueId" required>
          <QueueCombobox platform={platform} queues={queues} chosen={chosen} onChoose={setChosen} />
        </Field>
      )}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        {listedBy && list ? (
          <RefreshQueues connectionId={id} platform={listedBy} listedAt={listedAt} list={list} />
        ) : null}
        {queues.length > 0 ? (
          <Button size="sm" variant="ghost" onClick={() => setTyping(!typing)}>
            {typing ? "Choose from the list" : "Type an id instead"}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
