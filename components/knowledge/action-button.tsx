"use client";

import { type ComponentProps, type ReactNode, useState, useTransition } from "react";
import { toast } from "sonner";
import { Button } from "#/components/ui/button.tsx";
import { ConfirmDialog } from "#/components/ui/confirm-dialog.tsx";

export type Counted = { ok: true; count?: number } | { ok: false; message: string };

type ActionButtonProps = {
  children: ReactNode;
  run: () => Promise<Counted>;
  onDone: (count: number) => void;
  /** Asked first; without it the button acts at once. */
  ask?: { title: string; text: ReactNode; confirm: string; keep?: string; danger?: boolean };
  look?: Pick<ComponentProps<typeof Button>, "variant" | "size" | "aria-label">;
};

/** A button that does one thing on the server, asks before it where that is due, and says when it failed. */
export function ActionButton({ children, run, onDone, ask, look }: ActionButtonProps) {
  const [asking, setAsking] = useState(false);
  const [busy, startTransition] = useTransition();
  const act = () =>
    startTransition(async () => {
      const result = await run().catch(() => UNREACHABLE);
      if (result.ok) onDone(result.count ?? 0);
      else toast.error(result.message);
      setAsking(false);
    });
  return (
    <>
      <Button {...look} busy={busy && !asking} onClick={ask ? () => setAsking(true) : act}>
        {children}
      </Button>
      {ask ? (
        <ConfirmDialog
          open={asking}
          onOpenChange={setAsking}
          title={ask.title}
          footer={
            <>
              <Button onClick={() => setAsking(false)}>{ask.keep ?? "Cancel"}</Button>
              <Button variant={ask.danger ? "danger" : "primary"} busy={busy} onClick={act}>
                {ask.confirm}
              </Button>
            </>
          }
        >
          {ask.text}
        </ConfirmDialog>
      ) : null}
    </>
  );
}

const UNREACHABLE = { ok: false, message: "The server did not answer. Try again." } as const;
