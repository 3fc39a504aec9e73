"use client";

import { useState } from "react";
import { answerText } from "#/components/answer/answer-blocks.ts";
import { useCopy } from "#/components/ui/use-copy.ts";
import type { Verdict } from "./card-actions.tsx";
import type { ConversationLink } from "./conversation-link.ts";
import type { CardView } from "./conversation-view.ts";

const textOf = (card: CardView | undefined) => (card ? answerText(card.sentences) : "");

type CardOutlets = {
  insert: ((text: string) => void) | undefined;
  /** Opens the message box; absent where nothing can be sent. */
  send: ((suggestionId: string, text: string) => void) | undefined;
};

/** What can be done with the open card; each of it is told to the server as feedback. */
export function useCardWork(
  card: CardView | undefined,
  link: ConversationLink | undefined,
  { insert, send }: CardOutlets,
) {
  const [verdicts, setVerdicts] = useState<Readonly<Record<string, Verdict | undefined>>>({});
  const text = textOf(card);
  const { state: copied, copy } = useCopy(text);
  const suggestionId = card?.suggestionId;
  const verdict = suggestionId ? verdicts[suggestionId] : undefined;

  const settled = suggestionId !== undefined && text !== "";
  const tell = (kind: "copied" | "inserted", value: string) =>
    suggestionId && link?.feedback(suggestionId, kind, value);
  return {
    copied,
    verdict,
    onCopy: settled
      ? () => {
          copy();
          tell("copied", "yes");
        }
      : undefined,
    onInsert:
      settled && insert
        ? () => {
            insert(text);
            tell("inserted", "yes");
          }
        : undefined,
    onSend: settled && send ? () => send(suggestionId, text) : undefined,
    onVerdict: (given: Verdict) => {
      if (!suggestionId) return;
      // The same thumb again takes it back.
      const next = verdict === given ? undefined : given;
      setVerdicts((before) => ({ ...before, [suggestionId]: next }));
      link?.feedback(suggestionId, "verdict", next ?? "none");
    },
  };
}
