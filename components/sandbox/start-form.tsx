"use client";

import { Play } from "lucide-react";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { Card, CardHeader } from "../ui/card.tsx";
import { ErrorState } from "../ui/empty-state.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import type { Source, Started } from "./call-state.ts";
import { SOURCES } from "./call-state.ts";
import { SourceChoice } from "./source-choice.tsx";
import { uploadRecording } from "./upload-recording.ts";

export type SandboxConnection = {
  id: string;
  name: string;
  active: boolean;
  queues: readonly { id: string; name: string }[];
};

type StartInput = {
  connectionId: string;
  queueId: string;
  source: Source;
  uploadId: string | undefined;
  agentName: string;
};
type StartResult =
  | { ok: true; kind: Started["kind"]; id: string; conversationId: string; hostPage: string }
  | { ok: false; message: string; fields: Record<string, string> };
export type Start = (input: StartInput) => Promise<StartResult>;

type StartFormProps = {
  slug: string;
  connections: readonly SandboxConnection[];
  start: Start;
  onStarted: (started: Started) => void;
};

export function StartForm({ slug, connections, start, onStarted }: StartFormProps) {
  const [connectionId, setConnectionId] = useState(connections[0]?.id ?? "");
  const connection = connections.find(({ id }) => id === connectionId);
  const [queueId, setQueueId] = useState(connection?.queues[0]?.id ?? "");
  const [source, setSource] = useState<Source>("demo-1");
  const [file, setFile] = useState<File>();
  const [agentName, setAgentName] = useState("Sandbox agent");
  const { busy, problem, run } = useStart({ onStarted });

  const submit = () =>
    run(labelOf(source, connection, queueId), async () => {
      const uploadId = source === "upload" ? await uploadRecording(slug, file) : undefined;
      return start({ connectionId, queueId, source, uploadId, agentName });
    });
  const chooseConnection = (id: string) => {
    setConnectionId(id);
    setQueueId(connections.find((each) => each.id === id)?.queues[0]?.id ?? "");
  };
  return (
    <Card>
      <CardHeader title="Start a conversation" hint="An agent’s page with the widget opens in a new tab." />
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <SourceChoice value={source} onChange={setSource} onFile={setFile} />
        <Field
          label="Connection"
          help={connection?.active === false ? "This connection is paused." : undefined}
        >
          <Select
            options={connections.map(({ id, name, active }) => ({
              value: id,
              label: name,
              ...(active ? {} : { hint: "paused" }),
            }))}
            value={connectionId}
            onValueChange={chooseConnection}
          />
        </Field>
        <Field label="Queue" help="Decides which knowledge answers, by the queue mapping.">
          <Select
            options={[
              ...(connection?.queues ?? []).map(({ id, name }) => ({ value: id, label: name })),
              { value: "", label: "No queue" },
            ]}
            value={queueId}
            onValueChange={setQueueId}
          />
        </Field>
        <Field label="Agent’s name">
          <Input value={agentName} onChange={(event) => setAgentName(event.target.value)} maxLength={200} />
        </Field>
        {problem ? <ErrorState title="Nothing was started">{problem}</ErrorState> : null}
        <div>
          <Button type="submit" variant="primary" busy={busy}>
            <Play aria-hidden />
            Start
          </Button>
        </div>
      </form>
    </Card>
  );
}

function labelOf(source: Source, connection: SandboxConnection | undefined, queueId: string): string {
  const queue = connection?.queues.find(({ id }) => id === queueId);
  const what = SOURCES.find(({ value }) => value === source)?.label ?? source;
  return queue ? `${what}, ${queue.name}` : what;
}

/**
 * Opens the new tab at the click, since a browser blocks one that opens later, and sends it to the agent's
 * page once that is known. A tab that nothing comes to is closed again.
 */
function useStart({ onStarted }: Pick<StartFormProps, "onStarted">) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const run = async (label: string, ask: () => Promise<StartResult>) => {
    setBusy(true);
    setProblem(undefined);
    const tab = window.open("about:blank", "_blank");
    try {
      const result = await ask();
      if (!result.ok) throw new Error(Object.values(result.fields)[0] ?? result.message);
      const { kind, id, conversationId, hostPage } = result;
      if (tab) tab.location.href = hostPage;
      onStarted({ kind, id, conversationId, hostPage, label, startedAt: Date.now() });
    } catch (error) {
      tab?.close();
      setProblem(error instanceof Error ? error.message : "The server does not answer. Try again.");
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, run };
}
