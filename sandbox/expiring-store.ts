import { randomUUID } from "node:crypto";
import { SandboxError } from "./sandbox-error.ts";

type Options = { what: string; keepMs: number; atMost: number; now?: () => number };

export type ExpiringStore<T> = {
  add(value: T): string;
  /** The value, or a 404 in words. */
  get(id: string): T;
  all(): T[];
};

/** What the sandbox remembers, in memory only: for a while, and the newest so many. */
export function createExpiringStore<T>({ what, keepMs, atMost, now = Date.now }: Options): ExpiringStore<T> {
  const kept = new Map<string, { value: T; until: number }>();
  const sweep = () => {
    for (const [id, { until }] of kept) if (until <= now() || kept.size > atMost) kept.delete(id);
  };
  return {
    add(value) {
      const id = randomUUID();
      kept.set(id, { value, until: now() + keepMs });
      sweep();
      return id;
    },
    get(id) {
      sweep();
      const entry = kept.get(id);
      if (!entry) throw new SandboxError(`There is no ${what} with this id, or it is too long ago.`, 404);
      return entry.value;
    },
    all: () => [...kept.values()].map(({ value }) => value),
  };
}
