"use client";

import { RotateCcw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { toast } from "sonner";
import type { DryRun } from "#/lib/inspector/replay-many.ts";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { dryRunWords } from "./replay-words.ts";

type Refused = { ok: false; message: string };

export type ReplayManyProps = {
  label: string;
  /** Counts what would be replayed, and changes nothing. */
  count: () => Promise<{ ok: true; counted: DryRun } | Refused>;
  start: () => Promise<{ ok: true; id: string } | Refused>;
  /** Where its progress is shown. */
  progressHref: string;
};

const LOST: Refused = { ok: false, message: "The server does not answer. Nothing was replayed." };

/** Asks the server what a replay would touch before anyone can agree to it. */
export function ReplayMany({ label, count, start, progressHref }: ReplayManyProps) {
  const [open, setOpen] = useState(false);
  const [counted, setCounted] = useState<DryRun | Refused>();
  const [busy, startTransition] = useTransition();
  const router = useRouter();
  const show = async () => {
    setOpen(true);
    setCounted(undefined);
    const result = await count().catch(() => LOST);
    setCounted(result.ok ? result.counted : result);
  };
  const run = () =>
    startTransition(async () => {
      const result = await start().catch(() => LOST);
      setOpen(false);
      if (!result.ok) return void toast.error(result.message);
      toast.success("Replay started");
      router.push(progressHref as never);
    });
  const total = counted && "events" in counted ? counted.events + counted.deliveries : 0;
  return (
    <>
      <Button size="sm" onClick={() => void show()}>
        <RotateCcw aria-hidden />
        {label}
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={total > 0 ? `Replay ${total.toLocaleString("en")}?` : "Replay these?"}
        footer={
          <>
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button variant="primary" busy={busy} disabled={total === 0} onClick={run}>
              {total > 0 ? `Replay ${total.toLocaleString("en")}` : "Replay"}
            </Button>
          </>
        }
      >
        {counted === undefined ? (
          <span role="status" className="block">
            <span className="sr-only">Counting</span>
            <Skeleton width="80%" height="40px" />
          </span>
        ) : (
          <span className="block" role="status">
            {"events" in counted ? dryRunWords(counted) : counted.message}
          </span>
        )}
      </ConfirmDialog>
    </>
  );
}
