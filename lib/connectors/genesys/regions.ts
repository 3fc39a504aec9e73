import { REGION_IDS, REGIONS } from "./api/hosts.ts";

/** The platform's desktop runs under `apps.` of each region's domain, or under an organization's own name there. */
export const frameAncestors = REGION_IDS.flatMap((region) => {
  const { domain } = REGIONS[region];
  return [`https://apps.${domain}`, `https://*.${domain}`];
});
