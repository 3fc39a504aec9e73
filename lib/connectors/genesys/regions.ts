import { REGION_IDS, REGIONS } from "./api/hosts.ts";

/** The platform's desktop runs under `apps.` of each region's domain. */
export const frameAncestors = REGION_IDS.map((region) => `https://apps.${REGIONS[region].domain}`);
