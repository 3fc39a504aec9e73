"use client";

import { CornerDownLeft, MessageCircleQuestionMark } from "lucide-react";
import type { ReactNode } from "react";
import type { FollowUp } from "#/lib/events/suggestion.ts";
import { useWords } from "./use-words.tsx";
import type { Words } from "./words.ts";

/** What can be done with a click on a piece of the answer, in the order of what the platform allows. */
export type ReplyUse = "send" | "insert" | "copy";

type QuickRepliesProps = { replies: readonly string[]; use: ReplyUse; onUse(text: string): void };

/** Pieces of a grounded answer that stand by themselves, each to be sent as it is. */
export function QuickReplies({ replies, use, onUse }: QuickRepliesProps) {
  const { t } = useWords();
  if (replies.length === 0) return null;
  return (
    <Chips title={t("replies.title")}>
      {replies.map((text, index) => (
        <Chip
          key={text}
          n={index + 1}
          text={text}
          hint={t(`replies.${use}`, { text })}
          icon={<CornerDownLeft className="mt-0.5 size-3 shrink-0" aria-hidden />}
          onClick={() => onUse(text)}
        />
      ))}
    </Chips>
  );
}

/** A heading that asks is said as it stands; one that only names its subject is put as a question. */
export const followUpWords = ({ t }: Pick<Words, "t">, { kind, text }: FollowUp) =>
  kind === "question" ? text : t("followUps.about", { topic: text });

type FollowUpsProps = { followUps: readonly FollowUp[]; onAsk(followUp: FollowUp): void };

/** What the agent may ask next to pin the matter down; a click looks the answer up. */
export function FollowUps({ followUps, onAsk }: FollowUpsProps) {
  const words = useWords();
  const { t } = words;
  if (followUps.length === 0) return null;
  return (
    <Chips title={t("followUps.title")}>
      {followUps.map((followUp, index) => (
        <Chip
          key={followUp.text}
          n={index + 1}
          text={followUpWords(words, followUp)}
          hint={t("followUps.lookUp", { text: followUp.text })}
          icon={<MessageCircleQuestionMark className="mt-0.5 size-3 shrink-0" aria-hidden />}
          onClick={() => onAsk(followUp)}
        />
      ))}
    </Chips>
  );
}

function Chips({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="mt-2 border-t pt-2">
      <h4 className="text-xs text-muted">{title}</h4>
      <div className="mt-1 flex flex-col items-start gap-1">{children}</div>
    </section>
  );
}

type ChipProps = { n: number; text: string; hint: string; icon: ReactNode; onClick(): void };

function Chip({ n, text, hint, icon, onClick }: ChipProps) {
  const { t } = useWords();
  return (
    <button
      type="button"
      onClick={onClick}
      title={`${hint} (${t("keys.shift")}+${n})`}
      aria-keyshortcuts={`Shift+${n}`}
      className="flex max-w-full items-start gap-1.5 rounded-md border bg-background px-2 py-1 text-left text-xs hover:bg-hover"
    >
      {icon}
      <span className="line-clamp-3 min-w-0 break-words">{text}</span>
    </button>
  );
}
