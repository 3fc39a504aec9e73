import { noteQuota } from "#/lib/integrations/quota.ts";
import type { ServerNetwork } from "#/lib/integrations/server-access.ts";
import { createOutbound } from "#/lib/outbound/outbound.ts";
import { redis } from "./redis.ts";
import { webEnv } from "./web-env.ts";

/** On globalThis, since a development server loads this module anew at each change and would open pool after pool. */
const kept = globalThis as { omnibotsNetwork?: ServerNetwork };

/** The web process's way to the platforms; the sandbox's own host is let through only where the sandbox is on. */
export function webNetwork(): ServerNetwork {
  kept.omnibotsNetwork ??= openNetwork();
  return kept.omnibotsNetwork;
}

function openNetwork(): ServerNetwork {
  const {
    OUTBOUND_ALLOWED_HOSTS,
    SANDBOX,
    SANDBOX_GENESYS_URL,
    SANDBOX_8X8_URL,
    SANDBOX_FIVE9_URL,
    SANDBOX_SALESFORCE_URL,
    SANDBOX_GOOGLE_URL,
  } = webEnv();
  const playing = SANDBOX === "on";
  const sandboxes = playing
    ? {
        genesys: SANDBOX_GENESYS_URL,
        "8x8": SANDBOX_8X8_URL,
        five9: SANDBOX_FIVE9_URL,
        salesforce: SANDBOX_SALESFORCE_URL,
        "google-ccai": SANDBOX_GOOGLE_URL,
      }
    : {};
  const allowedHosts = [OUTBOUND_ALLOWED_HOSTS, ...Object.values(sandboxes).map((url) => new URL(url).host)]
    .filter(Boolean)
    .join(",");
  const { fetch, addresses } = createOutbound({ allowedHosts });
  return {
    fetch,
    addressesOf: addresses,
    sandboxes,
    quota: (connectionId, report) => void noteQuota(redis(), connectionId, report),
  };
}
