"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { toast } from "sonner";
import { Button } from "#/components/ui/button.tsx";
import { Card, CardHeader } from "#/components/ui/card.tsx";
import { ConfirmByName } from "#/components/ui/confirm-by-name.tsx";
import type { ConnectionContents } from "#/lib/integrations/count-contents.ts";

type Outcome = { ok: true } | { ok: false; message: string };

type DangerZoneProps = {
  name: string;
  active: boolean;
  /** What a pause means for each way in. */
  whilePaused: readonly string[];
  contents: ConnectionContents;
  listPath: string;
  /** Pauses an active connection, resumes a paused one. */
  setActive: () => Promise<Outcome>;
  remove: () => Promise<Outcome>;
};

/** Pausing, which can be undone, and deleting, which cannot. */
export function DangerZone({
  name,
  active,
  whilePaused,
  contents,
  listPath,
  setActive,
  remove,
}: DangerZoneProps) {
  const router = useRouter();
  const [busy, startTransition] = useTransition();
  const toggle = () =>
    startTransition(async () => {
      const result = await setActive();
      if (result.ok) toast.success(active ? "Paused." : "Resumed.");
      else toast.error(result.message);
    });
  return (
    <div className="flex max-w-3xl flex-col gap-4">
      <Card>
        <CardHeader
          title={active ? "Pause the connection" : "The connection is paused"}
          hint="Nothing gets in while it is paused. What came in before stays and is worked through; calls under way go on."
          actions={
            <Button busy={busy} onClick={toggle} variant={active ? "secondary" : "primary"}>
              {active ? "Pause" : "Resume"}
            </Button>
          }
        />
        <ul className="flex list-disc flex-col gap-1 pl-5 text-sm marker:text-muted">
          {whilePaused.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      </Card>
      <Card tone="error">
        <CardHeader
          title="Delete the connection"
          hint="Widgets and calls stop at once. What we set up on the platform's side is taken back where we can; the integration there is yours to remove."
          actions={
            <ConfirmByName
              trigger={<Button variant="danger-quiet">Delete…</Button>}
              title={`Delete ${name}?`}
              name={name}
              confirmLabel="Delete for good"
              action={remove}
              onDone={() => router.push(listPath)}
            >
              <p>This goes with it and cannot be brought back:</p>
              <Losses contents={contents} />
            </ConfirmByName>
          }
        />
        <Losses contents={contents} />
      </Card>
    </div>
  );
}

/** Everything that a deletion takes, counted. */
function Losses({ contents }: { contents: ConnectionContents }) {
  const losses = LOST.map(([key, word]) => plural(contents[key], word));
  return (
    <ul className="mt-1 grid list-disc gap-x-6 gap-y-0.5 pl-5 text-sm tabular-nums marker:text-muted sm:grid-cols-2">
      {losses.map((words) => (
        <li key={words}>{words}</li>
      ))}
    </ul>
  );
}

const LOST: readonly (readonly [keyof ConnectionContents, string])[] = [
  ["conversations", "conversation"],
  ["events", "event"],
  ["suggestions", "suggestion"],
  ["summaries", "summary"],
  ["deliveries", "raw delivery"],
  ["mappings", "queue mapping"],
  ["queues", "listed queue"],
  ["checks", "past test"],
];

function plural(count: number, word: string): string {
  const many = word.endsWith("y") ? `${word.slice(0, -1)}ies` : `${word}s`;
  return `${count.toLocaleString("en")} ${count === 1 ? word : many}`;
}
