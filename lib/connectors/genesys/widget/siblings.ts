/**
 * The widgets of one agent in one browser: up to ten frames of one origin (contract section 0.6). They share one
 * sign-in, and one of them at a time holds the notification channel for all.
 */
export type Siblings<M> = {
  tell(message: M): void;
  /** Runs `lead` once the others that led are gone; its signal ends with this widget, or with the answer. */
  lead(name: string, lead: (signal: AbortSignal) => void): () => void;
  close(): void;
};

export type SiblingPlatform = Partial<{
  openChannel(name: string): Pick<BroadcastChannel, "postMessage" | "close" | "onmessage">;
  /** Holds a lock until the promise is settled; rejects when the signal aborts before it was granted. */
  hold(name: string, signal: AbortSignal, held: () => Promise<void>): Promise<unknown>;
}>;

/** What the browser has of it; a frame of an opaque origin has the names and throws at their use. */
export function browserSiblings(page: Window & typeof globalThis): SiblingPlatform {
  const { locks } = page.navigator;
  return {
    openChannel: (name) => new page.BroadcastChannel(name),
    ...(locks && { hold: (name, signal, held) => locks.request(name, { signal }, held) }),
  };
}

/** Where the browser keeps frames apart, each works alone: it leads, and nobody hears what it tells. */
export function joinSiblings<M>(
  name: string,
  hear: (message: M) => void,
  platform: SiblingPlatform,
): Siblings<M> {
  const closing = new AbortController();
  const channel = attempt(() => platform.openChannel?.(name));
  if (channel) channel.onmessage = ({ data }: MessageEvent) => hear(data as M);

  return {
    tell: (message) => attempt(() => channel?.postMessage(message)),
    lead(what, lead) {
      const leaving = new AbortController();
      const signal = AbortSignal.any([closing.signal, leaving.signal]);
      const leave = () => leaving.abort();
      const untilClosed = () =>
        new Promise<void>((resolve) => {
          if (signal.aborted) return resolve();
          signal.addEventListener("abort", () => resolve(), { once: true });
          lead(signal);
        });
      // Without a channel nobody would hear a leader, so that each has to lead for itself.
      const held = channel && attempt(() => platform.hold?.(`${name} ${what}`, signal, untilClosed));
      if (!held) {
        void untilClosed();
        return leave;
      }
      // The browser refused the lock itself; an abort is our own end.
      held.catch(() => (signal.aborted ? undefined : untilClosed()));
      return leave;
    },
    close() {
      closing.abort();
      attempt(() => channel?.close());
    },
  };
}

function attempt<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
