"use client";

import { Check, Copy, CornerDownLeft, SendHorizontal, ThumbsDown, ThumbsUp, X } from "lucide-react";
import { Button } from "#/components/ui/button.tsx";
import type { CopyState } from "#/components/ui/use-copy.ts";
import { useWords } from "./use-words.tsx";

export type Verdict = "up" | "down";

type CardActionsProps = {
  /** Opens the message box with the answer in it. Absent where the platform sends nothing for us. */
  onSend?: () => void;
  /** Why nothing can be sent now. */
  sendBlocked?: string;
  /** Absent where the platform takes no text from us. */
  onInsert?: () => void;
  /** Absent where there is no answer, only sources. */
  onCopy?: () => void;
  copied: CopyState;
  verdict?: Verdict;
  onVerdict(verdict: Verdict): void;
};

const COPY_ICONS = { idle: Copy, copied: Check, failed: X } as const;
const COPY_WORDS = { idle: "copy.do", copied: "copy.done", failed: "copy.refused" } as const;

/** What an agent does with an answer; only what the platform allows is offered. */
export function CardActions(props: CardActionsProps) {
  const { onSend, sendBlocked, onInsert, onCopy, copied, verdict, onVerdict } = props;
  const { t } = useWords();
  const CopyIcon = COPY_ICONS[copied];
  return (
    <>
      {onSend ? (
        <Button
          variant="primary"
          size="sm"
          disabled={Boolean(sendBlocked)}
          title={sendBlocked ?? `${t("card.sendHint")} (s)`}
          onClick={onSend}
        >
          <SendHorizontal aria-hidden />
          {t("card.send")}
        </Button>
      ) : null}
      {onInsert ? (
        <Button
          variant={onSend ? "secondary" : "primary"}
          size="sm"
          title={`${t("card.insert")} (i)`}
          onClick={onInsert}
        >
          <CornerDownLeft aria-hidden />
          {t("card.insert")}
        </Button>
      ) : null}
      {onCopy ? (
        <Button size="sm" title={`${t("copy.do")} (c)`} onClick={onCopy}>
          <CopyIcon aria-hidden />
          {t(COPY_WORDS[copied])}
        </Button>
      ) : null}
      <span className="flex-1" />
      <Thumb verdict="up" chosen={verdict} onVerdict={onVerdict} />
      <Thumb verdict="down" chosen={verdict} onVerdict={onVerdict} />
      {onSend && sendBlocked ? <p className="w-full text-xs text-muted">{sendBlocked}</p> : null}
      <span role="status" className="sr-only">
        {copied === "idle" ? "" : t(COPY_WORDS[copied])}
      </span>
    </>
  );
}

type ThumbProps = { verdict: Verdict; chosen?: Verdict; onVerdict(verdict: Verdict): void };

function Thumb({ verdict, chosen, onVerdict }: ThumbProps) {
  const Icon = verdict === "up" ? ThumbsUp : ThumbsDown;
  const pressed = chosen === verdict;
  const { t } = useWords();
  const words = t(verdict === "up" ? "card.helpful" : "card.notHelpful");
  return (
    <Button
      variant={pressed ? "secondary" : "ghost"}
      size="icon-sm"
      aria-pressed={pressed}
      aria-label={words}
      title={`${words} (${verdict === "up" ? "+" : "-"})`}
      onClick={() => onVerdict(verdict)}
    >
      <Icon aria-hidden fill={pressed ? "currentColor" : "none"} />
    </Button>
  );
}
