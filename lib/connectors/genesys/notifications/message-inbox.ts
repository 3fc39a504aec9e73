import { isAppError } from "#/lib/kernel/app-error.ts";
import type { PlatformAccess } from "../../platform-access.ts";
import type { GenesysClient } from "../api/genesys-client.ts";
import type { ListedMessage } from "./conversation-shapes.ts";
import { fetchMessages } from "./fetch-messages.ts";
import { type FetchedMessage, readMessage } from "./message-text.ts";
import {
  contextOf,
  type Ending,
  type FeedContext,
  type FeedMessage,
  type FeedScope,
  type Tracked,
} from "./tracked-conversation.ts";

/** A message is told of before it can be fetched: the first repeat after 300 ms, then longer, twenty seconds in all. */
const TOO_EARLY_MS = 300;
const MOST_TOO_EARLY = 6;
/** So often is a message taken up again that never came. */
const MOST_ROUNDS = 3;

export type LineFigures = { delivered: number; skipped: number; abandoned: number; refetches: number };

export type LineDeps = {
  client: GenesysClient;
  access: PlatformAccess;
  scope: FeedScope;
  signal: AbortSignal;
  figures: LineFigures;
  onMessage(message: FeedMessage): void | Promise<void>;
  onContext(context: FeedContext): void | Promise<void>;
  onEnded(conversationId: string, ending: Ending): void | Promise<void>;
  onUnknown(topic: string, payload: unknown): void;
  /** The platform or whoever takes the messages is in trouble; undefined once it is over. */
  onTrouble(error: unknown): void;
};

type Waiting = ListedMessage & { place: number; tries: number; fetched?: FetchedMessage };

export type MessageInbox = {
  add(fresh: readonly ListedMessage[]): void;
  empty(): boolean;
  /** Fetches what is there, hands on what is due, and waits a little where something cannot be had yet. */
  takeUp(): Promise<void>;
};

/** The messages of one conversation between their announcement and their delivery, in the platform's order. */
export function createMessageInbox(tracked: Tracked, deps: LineDeps): MessageInbox {
  const { figures, signal } = deps;
  const waiting = new Map<string, Waiting>();
  const rounds = new Map<string, number>();
  let places = 0;
  const missing = () => [...waiting.values()].filter(({ fetched }) => !fetched);

  const fetchAll = async (wanted: readonly Waiting[]) => {
    const ids = wanted.map(({ id }) => id);
    const { found, unreadable } = await fetchMessages(deps.client, tracked.id, ids, signal);
    for (const message of found) {
      const entry = waiting.get(message.id);
      if (entry) entry.fetched = message;
    }
    for (const { id, payload } of unreadable) {
      deps.onUnknown("message", payload);
      waiting.delete(id);
    }
    for (const entry of wanted) if (!entry.fetched && waiting.has(entry.id)) missed(entry);
  };

  const missed = (entry: Waiting) => {
    entry.tries += 1;
    if (entry.tries <= MOST_TOO_EARLY) return;
    waiting.delete(entry.id);
    const round = (rounds.get(entry.id) ?? 0) + 1;
    rounds.set(entry.id, round);
    if (round < MOST_ROUNDS) tracked.seen.forget(entry.id);
    else figures.abandoned += 1;
  };

  const handOnReady = async () => {
    for (const entry of [...waiting.values()].sort(inOrder)) {
      if (!entry.fetched) return;
      await handOn(entry, entry.fetched);
      waiting.delete(entry.id);
      rounds.delete(entry.id);
    }
  };

  const handOn = async (entry: Waiting, message: FetchedMessage) => {
    const reading = readMessage(message);
    if (reading.kind === "skipped") {
      figures.skipped += 1;
      return;
    }
    const { queue, agent } = contextOf(tracked, deps.scope);
    const said = {
      conversationId: tracked.id,
      messageId: entry.id,
      from: reading.from,
      text: reading.text,
      at: momentOf(entry),
      ...(queue && { queue }),
      ...(agent && { agent }),
    };
    if (await handOver(deps, () => deps.onMessage(said))) figures.delivered += 1;
  };

  return {
    add(fresh) {
      for (const message of fresh) waiting.set(message.id, { ...message, place: places++, tries: 0 });
    },
    empty: () => waiting.size === 0,
    async takeUp() {
      const wanted = missing();
      if (wanted.length > 0) await fetchAll(wanted);
      await handOnReady();
      const early = missing();
      if (early.length === 0) return;
      figures.refetches += 1;
      const tries = Math.min(...early.map(({ tries }) => tries));
      await deps.access.wait(TOO_EARLY_MS * 2 ** Math.max(0, tries - 1), signal);
    },
  };
}

/** What can never be taken, such as a message to a connection that is gone, must not hold up all behind it. */
export async function handOver(deps: LineDeps, give: () => void | Promise<void>): Promise<boolean> {
  try {
    await give();
    return true;
  } catch (error) {
    if (!isAppError(error) || error.retryable) throw error;
    deps.figures.abandoned += 1;
    deps.onTrouble(error);
    return false;
  }
}

const momentOf = ({ fetched, at }: Waiting) => fetched?.timestamp ?? at;

function inOrder(one: Waiting, other: Waiting): number {
  return timeOf(one) - timeOf(other) || one.place - other.place;
}

/** What has no time yet goes before all others, so that nothing overtakes it. */
function timeOf(entry: Waiting): number {
  return Date.parse(momentOf(entry) ?? "") || 0;
}
