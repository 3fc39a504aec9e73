import { setTimeout as sleep } from "node:timers/promises";
import type { PlatformAccess, QuotaReport } from "#/lib/connectors/platform-access.ts";

/** What every platform call of this process goes through. */
export type ServerNetwork = {
  /** The guarded `fetch` of `lib/outbound`. */
  fetch: typeof globalThis.fetch;
  /** Of the same guard, for sockets. */
  addressesOf?: PlatformAccess["addressesOf"];
  sandboxes: PlatformAccess["sandboxes"];
  quota?: (connectionId: string, report: QuotaReport) => void;
};

/** A connection's way to its platform from one of our own processes. */
export function serverAccess(network: ServerNetwork, connectionId: string): PlatformAccess {
  return {
    connectionId,
    fetch: network.fetch,
    ...(network.addressesOf && { addressesOf: network.addressesOf }),
    now: () => Date.now(),
    wait: (ms, signal) => sleep(ms, undefined, { signal }),
    quota: (report) => network.quota?.(connectionId, report),
    sandboxes: network.sandboxes,
  };
}
