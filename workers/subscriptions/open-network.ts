import type { Redis } from "ioredis";
import type { ProcessEnv } from "#/lib/env.ts";
import { noteQuota } from "#/lib/integrations/quota.ts";
import type { ServerNetwork } from "#/lib/integrations/server-access.ts";
import { createOutbound } from "#/lib/outbound/outbound.ts";

/** This process's way to the platforms; the sandbox's own hosts are let through only where the sandbox is on. */
export function openNetwork(
  env: ProcessEnv<"subscriptions" | "audiohook" | "ingest" | "jobs">,
  redis: Redis,
): ServerNetwork {
  const {
    OUTBOUND_ALLOWED_HOSTS,
    SANDBOX,
    SANDBOX_GENESYS_URL,
    SANDBOX_8X8_URL,
    SANDBOX_FIVE9_URL,
    SANDBOX_SALESFORCE_URL,
    SANDBOX_GOOGLE_URL,
  } = env;
  const sandboxes =
    SANDBOX === "on"
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
    quota: (connectionId, report) => void noteQuota(redis, connectionId, report),
  };
}
