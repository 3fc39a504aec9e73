"use client";

import { KeyRound } from "lucide-react";
import { useState, useTransition } from "react";
import { toast } from "sonner";
import { Button } from "#/components/ui/button.tsx";
import { Card, CardHeader } from "#/components/ui/card.tsx";
import { Dialog } from "#/components/ui/dialog.tsx";
import { ErrorState } from "#/components/ui/empty-state.tsx";
import { RelativeTime } from "#/components/ui/time.tsx";
import type { CredentialField } from "#/lib/connectors/manifest.ts";
import type { ShownCredentials } from "#/lib/integrations/new-credentials.ts";
import { CredentialsOnce } from "./credentials-once.tsx";

type Refused = { ok: false; message: string };

type CredentialsCardProps = {
  /** Those that we make ourselves. */
  fields: readonly CredentialField[];
  stored: readonly string[];
  previousValidUntil: string | undefined;
  mayWrite: boolean;
  rotate: () => Promise<{ ok: true; shown: ShownCredentials } | Refused>;
  retire: () => Promise<{ ok: true } | Refused>;
};

/** Which keys there are, never the keys; making new ones keeps the old pair valid for a day. */
export function CredentialsCard({
  fields,
  stored,
  previousValidUntil,
  mayWrite,
  rotate,
  retire,
}: CredentialsCardProps) {
  const [busy, startTransition] = useTransition();
  if (fields.length === 0) return null;
  const retireNow = () =>
    startTransition(async () => {
      const result = await retire();
      if (result.ok) toast.success("The old pair no longer lets calls in.");
      else toast.error(result.message);
    });
  return (
    <section id="credentials" aria-label="Credentials" className="scroll-mt-4">
      <Card>
        <CardHeader
          title="Credentials"
          hint="Made by us for the platform's side. Stored sealed, shown only once, right after they are made."
        />
        <ul className="mb-3 flex flex-col gap-1.5">
          {fields.map(({ name, label }) => (
            <Masked key={name} label={label} stored={stored.includes(name)} />
          ))}
        </ul>
        {previousValidUntil ? (
          <div className="mb-3 rounded-md bg-info-fill px-3 py-2 text-sm">
            <p className="text-info">
              The old pair still lets calls in and ends <RelativeTime at={previousValidUntil} />.
            </p>
            {mayWrite ? (
              <div className="mt-2">
                <Button size="sm" busy={busy} onClick={retireNow}>
                  Retire the old pair now
                </Button>
              </div>
            ) : null}
          </div>
        ) : null}
        {mayWrite ? <RotateButton rotate={rotate} /> : null}
      </Card>
    </section>
  );
}

function Masked({ label, stored }: { label: string; stored: boolean }) {
  return (
    <li className="flex items-center gap-2 text-sm">
      <KeyRound className="size-4 text-muted" aria-hidden />
      <span className="flex-1">{label}</span>
      {stored ? (
        <span className="text-muted">
          <span aria-hidden className="mr-1.5 tracking-widest">
            ••••••••
          </span>
          stored
        </span>
      ) : (
        <span className="text-warn">missing</span>
      )}
    </li>
  );
}

function RotateButton({ rotate }: Pick<CredentialsCardProps, "rotate">) {
  const [open, setOpen] = useState(false);
  const [shown, setShown] = useState<ShownCredentials>();
  const [problem, setProblem] = useState<string>();
  const [busy, startTransition] = useTransition();
  const toggle = (next: boolean) => {
    setOpen(next);
    setShown(undefined);
    setProblem(undefined);
  };
  const make = () =>
    startTransition(async () => {
      const result = await rotate();
      if (result.ok) setShown(result.shown);
      else setProblem(result.message);
    });
  return (
    <Dialog
      open={open}
      onOpenChange={toggle}
      trigger={<Button>Make a new key and secret</Button>}
      title={shown ? "Copy the new key and secret now" : "Make a new key and secret?"}
      footer={
        shown ? (
          <Button variant="primary" onClick={() => toggle(false)}>
            I have copied both
          </Button>
        ) : (
          <>
            <Button onClick={() => toggle(false)}>Cancel</Button>
            <Button variant="primary" busy={busy} onClick={make}>
              Make them
            </Button>
          </>
        )
      }
    >
      {shown ? (
        <CredentialsOnce shown={shown} />
      ) : (
        <p>
          Both pairs let calls in for 24 hours, so no call is lost while you paste the new one on the
          platform's side. An older pair that is still valid ends at once.
        </p>
      )}
      {problem ? <ErrorState title="Nothing was changed">{problem}</ErrorState> : null}
    </Dialog>
  );
}
