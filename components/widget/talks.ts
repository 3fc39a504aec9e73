import type { ConversationLink, LinkStatus } from "./conversation-link.ts";
import { openConversationLink } from "./conversation-link.ts";
import { type ConversationStore, createConversationStore } from "./conversation-store.ts";
import { jittered } from "./named-timers.ts";
import { createTokenKeeper, type Session, SessionRefused } from "./widget-session.ts";

/** One conversation that this widget follows. */
export type Talk = {
  conversationId: string;
  /** Counts the openings of this page: the same conversation for another agent is another one. */
  opening: number;
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
  /** Lets go of what was opened for somebody else, or of what was refused: `linkOf` asks for a session again. */
  drop(which: "all" | "refused"): void;
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
  let openings = 0;

  const isOver = ({ conversationId, opening }: Talk) =>
    closed || talks.get(conversationId)?.opening !== opening;
  const update = (opened: Talk, change: Partial<Talk>) => {
    const known = talks.get(opened.conversationId);
    if (!known || isOver(opened)) return;
    const talk = { ...known, ...change };
    talks.set(talk.conversationId, talk);
    onChange(talk);
  };

  /** Tries until the server is reached; only its "no" ends it. */
  const reach = async (talk: Talk): Promise<Session> => {
    for (let failures = 0; ; failures += 1) {
      try {
        return await exchange(talk.conversationId);
      } catch (error) {
        if (error instanceof SessionRefused || isOver(talk)) throw error;
        update(talk, { status: { state: "lost", waiting: 0 } });
        const wait = jittered(Math.min(500 * 2 ** failures, SLOWEST_RETRY_MS));
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
  };
  const open = async (talk: Talk): Promise<ConversationLink> => {
    const { conversationId, store } = talk;
    const session = await reach(talk);
    if (isOver(talk)) throw new Error("The widget let go of this conversation.");
    const link = openConversationLink({
      url: session.realtimeUrl,
      conversationId,
      tokens: createTokenKeeper(session, () => exchange(conversationId)),
      store,
      onStatus: (status) => update(talk, { status }),
    });
    update(talk, { link });
    return link;
  };

  return {
    get: (conversationId) => talks.get(conversationId),
    linkOf: (conversationId) => {
      const known = links.get(conversationId);
      if (known !== undefined) return known;
      const talk: Talk = {
        conversationId,
        opening: ++openings,
        store: createConversationStore(),
        status: { state: "connecting", waiting: 0 },
      };
      talks.set(conversationId, talk);
      const link = open(talk);
      links.set(conversationId, link);
      link.catch((error: unknown) => {
        const refusal = error instanceof SessionRefused ? error.reason : undefined;
        update(talk, { status: { state: "refused", waiting: 0 }, refusal });
      });
      return link;
    },
    drop: (which) => {
      for (const [conversationId, { link, status }] of talks) {
        if (which === "refused" && status.state !== "refused") continue;
        talks.delete(conversationId);
        links.delete(conversationId);
        link?.close();
      }
    },
    close: () => {
      closed = true;
      for (const { link } of talks.values()) link?.close();
    },
  };
}
