import { noteQuota } from "#/lib/integrations/quota.ts";
import { sandboxAddresses } from "#/lib/integrations/sandbox-addresses.ts";
import type { ServerNetwork } from "#/lib/integrations/server-access.ts";
import { createOutbound } from "#/lib/outbound/outbound.ts";
import { redis } from "./redis.ts";
import { webEnv } from "./web-env.ts";

/** On globalThis, since a development server loads this module anew at each change and would open pool after pool. */
const kept = globalThis as { omnibotsNetwork?: ServerNetwork };

/** The web process's way to the platforms. */
export function webNetwork(): ServerNetwork {
  kept.omnibotsNetwork ??= openNetwork();
  return kept.omnibotsNetwork;
}

function openNetwork(): ServerNetwork {
  const { sandboxes, allowedHosts } = sandboxAddresses(webEnv());
  const { fetch, addresses } = createOutbound({ allowedHosts });
  return {
    fetch,
    addressesOf: addresses,
    sandboxes,
    quota: (connectionId, report) => void noteQuota(redis(), connectionId, report),
  };
}
