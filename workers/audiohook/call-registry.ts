import { CallOutbox, type OutboxOptions } from "./call-outbox.ts";

/** A socket that carries a call; another one may take the same call over. */
export type Carrier = { supersede(): void };

export type Entry = { outbox: CallOutbox; carrier: Carrier; resumed: boolean };

/**
 * The calls of this process. A client that retries its `open` on a new socket gets the same call: it is
 * announced once, its results share one queue, and only the last socket ends it.
 */
export class CallRegistry {
  readonly #entries = new Map<string, Entry>();
  readonly #outboxes = new Set<CallOutbox>();
  readonly #options: OutboxOptions;
  readonly #onLost: (count: number) => void;

  constructor(options: OutboxOptions, onLost: (count: number) => void) {
    this.#options = options;
    this.#onLost = onLost;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Results that the sink has not taken yet, ended calls included. */
  get waiting(): number {
    return [...this.#outboxes].reduce((sum, outbox) => sum + outbox.waiting, 0);
  }

  enter(key: string, carrier: Carrier): Entry {
    const before = this.#entries.get(key);
    const outbox = before?.outbox ?? new CallOutbox(this.#options);
    const entry = { outbox, carrier, resumed: before !== undefined };
    this.#entries.set(key, entry);
    this.#outboxes.add(outbox);
    before?.carrier.supersede();
    return entry;
  }

  /** True when the carrier still held the call, which is over now. */
  leave(key: string, entry: Entry): boolean {
    if (this.#entries.get(key) !== entry) return false;
    this.#entries.delete(key);
    return true;
  }

  /** Keeps the queue until the sink has taken what is in it. */
  async release(outbox: CallOutbox): Promise<void> {
    await outbox.idle();
    if (this.#outboxes.delete(outbox)) this.#onLost(outbox.lost);
  }

  async allDelivered(): Promise<void> {
    await Promise.all([...this.#outboxes].map((outbox) => outbox.idle()));
  }

  abandonAll(): void {
    for (const outbox of this.#outboxes) outbox.abandon();
  }
}
