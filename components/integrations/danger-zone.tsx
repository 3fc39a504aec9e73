"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { toast } from "sonner";
import { Button } from "#/components/ui/button.tsx";
import { Card, CardHeader } from "#/components/ui/card.tsx";
import { ConfirmByName } from "#/components/ui/confirm-by-name.tsx";

type Outcome = { ok: true } | { ok: false; message: string };

type DangerZoneProps = {
  name: string;
  active: boolean;
  counts: { conversations: number; mappings: number };
  listPath: string;
  /** Pauses an active connection, resumes a paused one. */
  setActive: () => Promise<Outcome>;
  remove: () => Promise<Outcome>;
};

/** Pausing, which can be undone, and deleting, which cannot. */
export function DangerZone({ name, active, counts, listPath, setActive, remove }: DangerZoneProps) {
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
          hint="Nothing gets in while it is paused; what came in stays, and calls under way go on."
          actions={
            <Button busy={busy} onClick={toggle} variant={active ? "secondary" : "primary"}>
              {active ? "Pause" : "Resume"}
            </Button>
          }
        />
      </Card>
      <Card tone="error">
        <CardHeader
          title="Delete the connection"
          hint="With its conversations, events, suggestions and queue mappings."
          actions={
            <ConfirmByName
              trigger={<Button variant="danger-quiet">Delete…</Button>}
              title={`Delete ${name}?`}
              name={name}
              confirmLabel="Delete for good"
              action={remove}
              onDone={() => router.push(listPath)}
            >
              <strong>{plural(counts.conversations, "conversation")}</strong> with their transcripts and
              suggestions and <strong>{plural(counts.mappings, "queue mapping")}</strong> will be lost.
              Widgets and calls stop at once.
            </ConfirmByName>
          }
        />
      </Card>
    </div>
  );
}

function plural(count: number, word: string): string {
  return `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;
}
