import { Pause, TriangleAlert, WifiOff } from "lucide-react";
import type { LinkStatus } from "./conversation-link.ts";
import type { ConversationView } from "./conversation-view.ts";
import { noticeWords } from "./line-words.ts";
import { useWords } from "./use-words.tsx";

/**
 * Thin bars for what is wrong, with what still works. They stand at the foot, where they move no card, and
 * their region is always there, so that readers hear it change.
 */
export function StatusBars({
  status,
  trouble,
  paused,
}: {
  status: LinkStatus;
  paused: boolean;
  trouble: ConversationView["trouble"];
}) {
  const words = useWords();
  const { t } = words;
  return (
    <div role="status" className="shrink-0">
      {status.state === "lost" ? (
        <p className="flex items-start gap-1.5 border-t border-warn-line/40 bg-warn-fill px-3 py-1 text-xs text-warn">
          <WifiOff className="mt-0.5 size-3 shrink-0" aria-hidden />
          <span>{status.waiting === 0 ? t("bar.lost") : t("bar.lostKept", { count: status.waiting })}</span>
        </p>
      ) : null}
      {paused ? (
        <p className="flex items-start gap-1.5 border-t bg-surface px-3 py-1 text-xs text-muted">
          <Pause className="mt-0.5 size-3 shrink-0" aria-hidden />
          <span>{t("bar.paused")}</span>
        </p>
      ) : null}
      {trouble ? (
        <p className="flex items-start gap-1.5 border-t border-warn-line/40 bg-warn-fill px-3 py-1 text-xs text-warn">
          <TriangleAlert className="mt-0.5 size-3 shrink-0" aria-hidden />
          <span>{noticeWords(words, trouble.code, trouble.language)}</span>
        </p>
      ) : null}
    </div>
  );
}
