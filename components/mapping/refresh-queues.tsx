"use client";

import { RefreshCw } from "lucide-react";
import { useTransition } from "react";
import { toast } from "sonner";
import { Button } from "#/components/ui/button.tsx";
import { RelativeTime } from "#/components/ui/time.tsx";

type Listed = { ok: true; listed: number; added: number; gone: number; back: number };
export type ListQueues = (input: {
  connectionId: string;
}) => Promise<Listed | { ok: false; message: string }>;

type RefreshQueuesProps = {
  connectionId: string;
  platform: string;
  listedAt: string | undefined;
  list: ListQueues;
};

/** Asks the platform for its queues again and says what has changed. */
export function RefreshQueues({ connectionId, platform, listedAt, list }: RefreshQueuesProps) {
  const [busy, startTransition] = useTransition();
  const refresh = () =>
    startTransition(async () => {
      const result = await list({ connectionId });
      if (result.ok) toast.success(wordsOf(result));
      else toast.error(result.message);
    });
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Button size="sm" busy={busy} onClick={refresh}>
        <RefreshCw aria-hidden />
        {busy ? `Reading the queues of ${platform}` : `Refresh from ${platform}`}
      </Button>
      <span className="text-sm text-muted" role="status">
        {listedAt ? (
          <>
            listed <RelativeTime at={listedAt} />
          </>
        ) : (
          "never listed"
        )}
      </span>
    </span>
  );
}

function wordsOf({ listed, added, gone, back }: Listed): string {
  const changes = [added && `${added} new`, gone && `${gone} gone`, back && `${back} back`].filter(Boolean);
  const queues = `${listed.toLocaleString("en")} ${listed === 1 ? "queue" : "queues"}`;
  return changes.length > 0 ? `${queues}: ${changes.join(", ")}.` : `${queues}, as before.`;
}
