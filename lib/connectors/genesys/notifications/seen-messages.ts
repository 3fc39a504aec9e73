/** A conversation of days has more messages than anyone must remember by name. */
const MOST_IDS = 2_000;

/** The messages of a conversation that were taken up. Bounded: below a moment in time all count as seen. */
export function createSeenMessages(most = MOST_IDS) {
  const ids = new Map<string, string | undefined>();
  let floor = "";
  return {
    /** Whether it is new; from now on it is not. */
    add({ id, at }: { id: string; at?: string }): boolean {
      if (ids.has(id) || (at !== undefined && at < floor)) return false;
      ids.set(id, at);
      for (const [oldest, time = ""] of ids) {
        if (ids.size <= most) break;
        ids.delete(oldest);
        if (time > floor) floor = time;
      }
      return true;
    },
    /** It could not be had; the next snapshot that lists it brings it up again. */
    forget(id: string): void {
      ids.delete(id);
    },
  };
}
