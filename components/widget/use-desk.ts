"use client";

import type { WriteBack } from "#/lib/connectors/widget-provider.ts";
import type { ConversationView } from "./conversation-view.ts";
import type { Talk } from "./talks.ts";
import { useComposer } from "./use-composer.ts";
import { useWrites } from "./use-writes.ts";

export type DeskOptions = {
  /** Absent where the platform takes nothing from us. */
  writeBack?: WriteBack;
  /** Why nothing can be written now, in words for the agent; a sign-in that is missing, as a rule. */
  writeBlocked?: string;
};

/** What the agent can have written to the platform from here. */
export function useDesk(talk: Talk, view: ConversationView, { writeBack, writeBlocked }: DeskOptions) {
  const { link, conversationId } = talk;
  const able = writeBlocked === undefined ? writeBack : undefined;
  const work = useWrites({ conversationId, link, platform: able }, view.writes);
  const { open, composer } = useComposer(work, view.writes);
  const sends = writeBack?.send !== undefined && view.session.channel === "chat";
  return {
    work,
    composer: sends ? composer : undefined,
    platform: writeBack,
    blocked: writeBlocked,
    /** Opens the message box, empty or with an answer in it; undefined where nothing is sent from here. */
    write: sends ? open : undefined,
  };
}
