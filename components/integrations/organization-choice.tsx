"use client";

import { useTransition } from "react";
import { toast } from "sonner";
import { Button } from "#/components/ui/button.tsx";
import { Card, CardHeader } from "#/components/ui/card.tsx";

type OrganizationChoiceProps = {
  /** What the connection is bound to now. */
  bound: string;
  found: { id: string; name: string };
  take: () => Promise<{ ok: true } | { ok: false; message: string }>;
};

/** Shown when the test has found another organization behind the client than the connection is bound to. */
export function OrganizationChoice({ bound, found, take }: OrganizationChoiceProps) {
  const [busy, startTransition] = useTransition();
  const confirm = () =>
    startTransition(async () => {
      const result = await take();
      if (result.ok) toast.success(`The connection is bound to ${found.name} now. Test it again.`);
      else toast.error(result.message);
    });
  return (
    <Card>
      <CardHeader
        title={`The client belongs to ${found.name}`}
        hint={`This connection is bound to ${bound}: its agents and calls are refused once you change that. Queue mappings stay, and fit only if the queues are the same.`}
        actions={
          <Button busy={busy} onClick={confirm}>
            Use this organization instead
          </Button>
        }
      />
      <p className="font-mono text-sm text-muted">{found.id}</p>
    </Card>
  );
}
