import type { ConversationLink, LinkStatus } from "./conversation-link.ts";
import { openConversationLink } from "./conversation-link.ts";
import { type ConversationStore, createConversationStore } from "./conversation-store.ts";
import { jittered } from "./named-timers.ts";
import { createTokenKeeper, type Session, SessionRefused } from "./widget-session.ts";

/** One conversation that this widget follows. */
export type Talk = {
  conversationId: string;
  store: ConversationStore;
  status: LinkStatus;
  /** Why the server refused it, where it said so. */
  refusal?: string | undefined;
  /** Absent until a session is open. */
  link?: ConversationLink;
};

export type Talks = {
  get(conversationId: string): Talk | undefined;
  /** The conversation's link, once its session is open. Rejects `SessionRefused`. */
  linkOf(conversationId: string): Promise<ConversationLink>;
  close(): void;
};

const SLOWEST_RETRY_MS = 10_000;

/**
 * The conversations that were on screen since the page was loaded. Each keeps its link, so that its messages
 * reach the pipeline while another one is looked at, and coming back to it is instant.
 */
export function createTalks(
  exchange: (conversationId: string) => Promise<Session>,
  onChange: (talk: Talk) => void,
): Talks {
  const talks = new Map<string, Talk>();
  const links = new Map<string, Promise<ConversationLink>>();
  let closed = false;

  const update = (conversationId: string, change: Partial<Talk>) => {
    const known = talks.get(conversationId);
    if (!known || closed) return;
    const talk = { ...known, ...change };
    talks.set(conversationId, talk);
    onChange(talk);
  };
  const setState = (conversationId: string, state: LinkStatus["state"]) =>
    update(conversationId, { status: { state, waiting: 0 } });

  /** Tries until the server is reached; only its "no" ends it. */
  const reach = async (conversationId: string): Promise<Session> => {
    for (let failures = 0; ; failures += 1) {
      try {
        return await exchange(conversationId);
      } catch (error) {
        if (error instanceof SessionRefused || closed) throw error;
        setState(conversationId, "lost");
        const wait = jittered(Math.min(500 * 2 ** failures, SLOWEST_RETRY_MS));
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
  };
  const open = async ({ conversationId, store }: Talk): Promise<ConversationLink> => {
    const session = await reach(conversationId);
    if (closed) throw new Error("The widget was closed.");
    const link = openConversationLink({
      url: session.realtimeUrl,
      conversationId,
      tokens: createTokenKeeper(session, () => exchange(conversationId)),
      store,
      onStatus: (status) => update(conversationId, { status }),
    });
    update(conversationId, { link });
    return link;
  };

  return {
    get: (conversationId) => talks.get(conversationId),
    linkOf: (conversationId) => {
      const known = links.get(conversationId);
      if (known !== undefined) return known;
      const talk: Talk = {
        conversationId,
        store: createConversationStore(),
        status: { state: "connecting", waiting: 0 },
      };
      talks.set(conversationId, talk);
      const link = open(talk);
      links.set(conversationId, link);
      link.catch((error: unknown) => {
        const refusal = error instanceof SessionRefused ? error.reason : undefined;
        update(conversationId, { status: { state: "refused", waiting: 0 }, refusal });
      });
      return link;
    },
    close: () => {
      closed = true;
      for (const { link } of talks.values()) link?.close();
    },
  };
}
