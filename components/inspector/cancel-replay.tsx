"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { toast } from "sonner";
import { Button } from "../ui/button.tsx";

type CancelReplayProps = { action: () => Promise<{ ok: true } | { ok: false; message: string }> };

export function CancelReplay({ action }: CancelReplayProps) {
  const router = useRouter();
  const [busy, startTransition] = useTransition();
  const run = () =>
    startTransition(async () => {
      const result = await action().catch(() => ({
        ok: false as const,
        message: "The server does not answer.",
      }));
      if (result.ok) toast.success("Replay cancelled. What was handed back is worked on.");
      else toast.error(result.message);
      router.refresh();
    });
  return (
    <Button size="sm" variant="danger-quiet" busy={busy} onClick={run}>
      Cancel replay
    </Button>
  );
}
