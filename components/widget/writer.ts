import { performWrite, type WriteDesk, type WriteEnd, type WriteOrder } from "./perform-write.ts";

export type Order = Omit<WriteOrder, "claim">;

export type Writer = {
  /** How this page's try ended; undefined where it has one of the same write under way, as after a double click. */
  begin(desk: WriteDesk, order: Order): Promise<WriteEnd | undefined>;
};

/**
 * What one page performs on one conversation. Each try has a claim of its own; only where the server was not
 * reached, so that nothing can have been performed, does another click repeat the same one.
 */
export function createWriter(): Writer {
  const underWay = new Set<string>();
  const unreached = new Map<string, string>();
  return {
    begin: async (desk, order) => {
      const { writeId, after } = order;
      if (underWay.has(writeId)) return undefined;
      underWay.add(writeId);
      const attempt = `${writeId} ${after?.attempt ?? 0}`;
      const claim = unreached.get(attempt) ?? crypto.randomUUID();
      try {
        const ended = await performWrite(desk, { ...order, claim });
        if (ended.end === "unreached") unreached.set(attempt, claim);
        else unreached.delete(attempt);
        return ended;
      } finally {
        underWay.delete(writeId);
      }
    },
  };
}
