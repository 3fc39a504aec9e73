"use client";

import { Check, Copy, CornerDownLeft, SendHorizontal, ThumbsDown, ThumbsUp, X } from "lucide-react";
import { Button } from "#/components/ui/button.tsx";
import type { CopyState } from "#/components/ui/use-copy.ts";

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
const COPY_WORDS = { idle: "Copy", copied: "Copied", failed: "Refused" } as const;

/** What an agent does with an answer; only what the platform allows is offered. */
export function CardActions(props: CardActionsProps) {
  const { onSend, sendBlocked, onInsert, onCopy, copied, verdict, onVerdict } = props;
  const CopyIcon = COPY_ICONS[copied];
  return (
    <>
      {onSend ? (
        <Button
          variant="primary"
          size="sm"
          disabled={Boolean(sendBlocked)}
          title={sendBlocked ?? "Send, after a look at it (s)"}
          onClick={onSend}
        >
          <SendHorizontal aria-hidden />
          Send
        </Button>
      ) : null}
      {onInsert ? (
        <Button variant={onSend ? "secondary" : "primary"} size="sm" title="Insert (i)" onClick={onInsert}>
          <CornerDownLeft aria-hidden />
          Insert
        </Button>
      ) : null}
      {onCopy ? (
        <Button size="sm" title="Copy (c)" onClick={onCopy}>
          <CopyIcon aria-hidden />
          {COPY_WORDS[copied]}
        </Button>
      ) : null}
      <span className="flex-1" />
      <Thumb verdict="up" chosen={verdict} onVerdict={onVerdict} />
      <Thumb verdict="down" chosen={verdict} onVerdict={onVerdict} />
      {onSend && sendBlocked ? <p className="w-full text-xs text-muted">{sendBlocked}</p> : null}
      <span role="status" className="sr-only">
        {copied === "idle" ? "" : COPY_WORDS[copied]}
      </span>
    </>
  );
}

type ThumbProps = { verdict: Verdict; chosen?: Verdict; onVerdict(verdict: Verdict): void };

function Thumb({ verdict, chosen, onVerdict }: ThumbProps) {
  const Icon = verdict === "up" ? ThumbsUp : ThumbsDown;
  const pressed = chosen === verdict;
  const words = verdict === "up" ? "Helpful" : "Not helpful";
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
