import type { PlatformId } from "#/lib/kernel/platform-id.ts";

/** What the platform said about its limit, with an answer or instead of one. */
export type QuotaReport = {
  /** Requests that the window allows and those used, where the platform tells. */
  allowed?: number;
  used?: number;
  /** Until the window ends. */
  resetMs?: number;
  /** The request was refused for its rate (429). */
  refused: boolean;
};

/**
 * What a connector's calls need of the process they run in: passed in, so that a connector opens nothing by
 * itself and a test brings its own clock and network.
 */
export type PlatformAccess = {
  connectionId: string;
  /** Goes through the guard of outbound addresses on a server; the browser's own in a widget. */
  fetch: typeof globalThis.fetch;
  /**
   * Where a socket to this address may go, by the same guard; rejects where it may not be opened. A connector that
   * opens sockets refuses to without it, so that nothing goes past the guard.
   */
  addressesOf?(address: URL): Promise<readonly { address: string; family: number }[]>;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Rejects when the signal aborts. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
  quota(report: QuotaReport): void;
  /** Where the sandbox plays a platform; only where the sandbox is on. */
  sandboxes: Partial<Record<PlatformId, string>>;
};
