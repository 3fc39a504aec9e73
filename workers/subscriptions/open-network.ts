import type { Redis } from "ioredis";
import type { ProcessEnv } from "#/lib/env.ts";
import { noteQuota } from "#/lib/integrations/quota.ts";
import type { ServerNetwork } from "#/lib/integrations/server-access.ts";
import { createOutbound } from "#/lib/outbound/outbound.ts";

/** This process's way to the platforms; the sandbox's own host is let through only where the sandbox is on. */
export function openNetwork(env: ProcessEnv<"subscriptions">, redis: Redis): ServerNetwork {
  const { OUTBOUND_ALLOWED_HOSTS, SANDBOX, GENESYS_SANDBOX_URL } = env;
  const playing = SANDBOX === "on";
  const allowedHosts = [OUTBOUND_ALLOWED_HOSTS, playing ? new URL(GENESYS_SANDBOX_URL).host : ""]
    .filter(Boolean)
    .join(",");
  const { fetch } = createOutbound({ allowedHosts });
  return {
    fetch,
    sandboxes: playing ? { genesys: GENESYS_SANDBOX_URL } : {},
    quota: (connectionId, report) => void noteQuota(redis, connectionId, report),
  };
}
