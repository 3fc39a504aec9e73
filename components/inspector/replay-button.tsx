"use client";

import { RotateCcw } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useState, useTransition } from "react";
import { toast } from "sonner";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";

type ReplayButtonProps = {
  title: string;
  /** What will happen, before anyone agrees to it. */
  children: ReactNode;
  action: () => Promise<{ ok: true } | { ok: false; message: string }>;
  disabled?: boolean;
};

export function ReplayButton({ title, children, action, disabled }: ReplayButtonProps) {
  const [open, setOpen] = useState(false);
  const [busy, startTransition] = useTransition();
  const router = useRouter();
  const run = () =>
    startTransition(async () => {
      const result = await action().catch(() => ({
        ok: false as const,
        message: "The server does not answer. Nothing was replayed.",
      }));
      setOpen(false);
      if (result.ok) toast.success("Replay started");
      else toast.error(result.message);
      router.refresh();
    });
  return (
    <>
      <Button size="sm" disabled={disabled} onClick={() => setOpen(true)}>
        <RotateCcw aria-hidden />
        Replay
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={title}
        footer={
          <>
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button variant="primary" busy={busy} onClick={run}>
              Replay
            </Button>
          </>
        }
      >
        {children}
      </ConfirmDialog>
    </>
  );
}
