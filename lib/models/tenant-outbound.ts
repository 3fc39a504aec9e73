import { createOutbound, type Outbound } from "#/lib/outbound/outbound.ts";

/** On globalThis, since a development server loads this module anew at each change and would open pool after pool. */
const kept = globalThis as { omnibotsOutbound?: Outbound };

/** The portal's one way out to addresses that a tenant entered; takes `OUTBOUND_ALLOWED_HOSTS`. */
export function tenantOutbound(allowedHosts: string): Outbound {
  kept.omnibotsOutbound ??= createOutbound({ allowedHosts });
  return kept.omnibotsOutbound;
}
