import type { Redis } from "ioredis";
import type { ProcessEnv } from "#/lib/env.ts";
import { noteQuota } from "#/lib/integrations/quota.ts";
import { sandboxAddresses } from "#/lib/integrations/sandbox-addresses.ts";
import type { ServerNetwork } from "#/lib/integrations/server-access.ts";
import { createOutbound } from "#/lib/outbound/outbound.ts";

/** This process's way to the platforms. */
export function openNetwork(
  env: ProcessEnv<"subscriptions" | "audiohook" | "ingest" | "jobs">,
  redis: Redis,
): ServerNetwork {
  const { sandboxes, allowedHosts } = sandboxAddresses(env);
  const { fetch, addresses } = createOutbound({ allowedHosts });
  return {
    fetch,
    addressesOf: addresses,
    sandboxes,
    quota: (connectionId, report) => void noteQuota(redis, connectionId, report),
  };
}
