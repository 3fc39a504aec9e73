"use client";

import { useState, useTransition } from "react";
import { toast } from "sonner";
import { Button } from "#/components/ui/button.tsx";
import { Dialog } from "#/components/ui/dialog.tsx";

type RenewTokenProps = { renew: () => Promise<{ ok: true } | { ok: false; message: string }> };

/** Gives the widget a new address; the old one stops, so this asks first. */
export function RenewToken({ renew }: RenewTokenProps) {
  const [open, setOpen] = useState(false);
  const [busy, startTransition] = useTransition();
  const confirm = () =>
    startTransition(async () => {
      const result = await renew();
      if (!result.ok) return void toast.error(result.message);
      toast.success("The address has a new token. Paste it where the old one stood.");
      setOpen(false);
    });
  return (
    <div className="mt-3">
      <Dialog
        open={open}
        onOpenChange={setOpen}
        size="sm"
        trigger={<Button size="sm">Make a new token</Button>}
        title="Make a new token?"
        footer={
          <>
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button variant="danger" busy={busy} onClick={confirm}>
              Make a new token
            </Button>
          </>
        }
      >
        Widgets that were deployed with this address stop within five minutes, until the new address is pasted
        there.
      </Dialog>
    </div>
  );
}
