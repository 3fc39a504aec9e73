"use client";

import type { ReactNode } from "react";
import { writeText } from "#/components/ui/use-copy.ts";
import type { Channel } from "#/lib/events/conversation-event.ts";
import type { FollowUp } from "#/lib/events/suggestion.ts";
import type { ConversationLink } from "./conversation-link.ts";
import type { CardView } from "./conversation-view.ts";
import { FollowUps, QuickReplies, type ReplyUse } from "./next-words.tsx";
import type { Shortcuts } from "./use-shortcuts.ts";

type Outlets = {
  channel: Channel | undefined;
  link: ConversationLink | undefined;
  ask(question: string): void;
  insert: ((text: string) => void) | undefined;
  /** Opens the message box; absent where nothing can be sent now. */
  send: ((suggestionId: string, text: string) => void) | undefined;
};

/** What may be said next after the open card: in a chat pieces to send, in a call questions to ask. */
export function useNextWords(
  card: CardView | undefined,
  { channel, link, ask, insert, send }: Outlets,
): { chips: ReactNode; shortcuts: Shortcuts } {
  const suggestionId = card?.suggestionId;
  if (!card || !suggestionId) return { chips: null, shortcuts: {} };
  if (channel === "voice") {
    const followUps = card.followUps ?? [];
    const look = ({ text }: FollowUp) => ask(text);
    return {
      chips: <FollowUps followUps={followUps} onAsk={look} />,
      shortcuts: keysFor(followUps.map((each) => () => look(each))),
    };
  }
  const replies = (card.replies ?? []).map(({ text }) => text);
  const use: ReplyUse = send ? "send" : insert ? "insert" : "copy";
  const onUse = (text: string) => {
    if (send) return send(suggestionId, text);
    if (insert) insert(text);
    else void writeText(text).catch(() => {});
    link?.feedback(suggestionId, insert ? "inserted" : "copied", "reply");
  };
  return {
    chips: <QuickReplies replies={replies} use={use} onUse={onUse} />,
    shortcuts: keysFor(replies.map((text) => () => onUse(text))),
  };
}

const keysFor = (acts: readonly (() => void)[]): Shortcuts =>
  Object.fromEntries(acts.map((act, index) => [`Shift+${index + 1}`, act]));
