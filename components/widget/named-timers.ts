export type NamedTimers = {
  /** Does `work` in a while; a timer of the same name starts over. */
  after(name: string, ms: number, work: () => void): void;
  /** Ends all of them; none starts any more. */
  close(): void;
};

export function createNamedTimers(): NamedTimers {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  let closed = false;
  return {
    after: (name, ms, work) => {
      clearTimeout(timers.get(name));
      if (!closed) timers.set(name, setTimeout(work, ms));
    },
    close: () => {
      closed = true;
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}

/** Many widgets lose the same server at once; they must not all come back in the same moment. */
export const jittered = (ms: number) => ms * (0.75 + Math.random() / 2);
