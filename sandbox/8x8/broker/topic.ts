import { messageIdOf } from "./message-id.ts";

export type Entry = {
  index: number;
  messageId: string;
  payload: string;
  publishTime: string;
  key?: string;
};

/** Large on purpose: ids of several bytes, with `+` and `/` among them. */
const FIRST_LEDGER = 4_194_302;
const ENTRIES_A_LEDGER = 500;

/** One persistent topic: an append-only log, and where each durable subscription stands in it. */
export type Topic = ReturnType<typeof createTopic>;

export function createTopic(now: () => number) {
  const log: Entry[] = [];
  const listeners = new Set<() => void>();
  const subscriptions = new Map<string, Subscription>();

  return {
    log: log as readonly Entry[],
    append: (body: unknown, key?: string): Entry => {
      const index = log.length;
      const ledger = FIRST_LEDGER + Math.floor(index / ENTRIES_A_LEDGER);
      const text = typeof body === "string" ? body : JSON.stringify(body);
      const entry: Entry = {
        index,
        messageId: messageIdOf(ledger, index % ENTRIES_A_LEDGER),
        payload: Buffer.from(text, "utf8").toString("base64"),
        publishTime: new Date(now()).toISOString(),
        ...(key && { key }),
      };
      log.push(entry);
      for (const listener of listeners) listener();
      return entry;
    },
    /** Where reading begins; undefined for an id that this topic never had. */
    indexBehind: (messageId: string): number | undefined => {
      if (messageId === "latest") return log.length;
      if (messageId === "earliest") return 0;
      const found = log.find((entry) => entry.messageId === messageId);
      return found && found.index + 1;
    },
    listen: (listener: () => void): (() => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /** Made by its first consumer, at the log's end, as Pulsar does. */
    subscription: (name: string): Subscription => {
      const known = subscriptions.get(name);
      if (known) return known;
      const made: Subscription = {
        next: log.length,
        waiting: [],
        redeliveries: new Map(),
        acknowledged: new Set(),
        consumers: [],
      };
      subscriptions.set(name, made);
      return made;
    },
    subscriptionNames: () => [...subscriptions.keys()],
  };
}

/** Survives its consumers: what was handed out and never acknowledged is handed out again. */
export type Subscription = {
  /** The next entry that nobody was handed yet. */
  next: number;
  /** Entries that must be handed out again, in order. */
  waiting: number[];
  redeliveries: Map<number, number>;
  acknowledged: Set<number>;
  consumers: { type: string; end(): void; wake(): void }[];
};
