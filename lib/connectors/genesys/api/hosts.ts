import * as z from "zod";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { PlatformAccess } from "../../platform-access.ts";

type Region = { domain: string; place: string };

/** The platform's regions by their AWS name (contract section 1). A tenant chooses one; it never names a host. */
export const REGIONS = {
  "us-east-1": { domain: "mypurecloud.com", place: "US East, Virginia" },
  "us-east-2": { domain: "use2.us-gov-pure.cloud", place: "US East, Ohio (FedRAMP)" },
  "us-west-2": { domain: "usw2.pure.cloud", place: "US West, Oregon" },
  "ca-central-1": { domain: "cac1.pure.cloud", place: "Canada, Montreal" },
  "sa-east-1": { domain: "sae1.pure.cloud", place: "South America, São Paulo" },
  "mx-central-1": { domain: "mxc1.pure.cloud", place: "Mexico, Querétaro" },
  "eu-west-1": { domain: "mypurecloud.ie", place: "Europe, Ireland" },
  "eu-west-2": { domain: "euw2.pure.cloud", place: "Europe, London" },
  "eu-central-1": { domain: "mypurecloud.de", place: "Europe, Frankfurt" },
  "eu-central-2": { domain: "euc2.pure.cloud", place: "Europe, Zurich" },
  "me-central-1": { domain: "mec1.pure.cloud", place: "Middle East, UAE" },
  "ap-south-1": { domain: "aps1.pure.cloud", place: "Asia Pacific, Mumbai" },
  "ap-northeast-1": { domain: "mypurecloud.jp", place: "Asia Pacific, Tokyo" },
  "ap-northeast-2": { domain: "apne2.pure.cloud", place: "Asia Pacific, Seoul" },
  "ap-northeast-3": { domain: "apne3.pure.cloud", place: "Asia Pacific, Osaka" },
  "ap-southeast-1": { domain: "apse1.pure.cloud", place: "Asia Pacific, Singapore" },
  "ap-southeast-2": { domain: "mypurecloud.com.au", place: "Asia Pacific, Sydney" },
  "eusc-de-east-1": { domain: "edee1.eusc-pure.cloud", place: "Europe, sovereign cloud in Germany" },
} as const satisfies Record<string, Region>;

type RegionId = keyof typeof REGIONS;

/** `sandbox` is the organization that the sandbox process plays, where it runs. */
export type Environment = RegionId | "sandbox";

export const REGION_IDS = Object.keys(REGIONS) as RegionId[];
export const ENVIRONMENTS: readonly Environment[] = [...REGION_IDS, "sandbox"];

export const environmentSchema = z.enum([...REGION_IDS, "sandbox"]);

/** Origins without a slash at the end. */
export type GenesysHosts = { login: string; api: string; apps: string };

/** Throws `invalid_input` for the sandbox where none runs. */
export function hostsOf(environment: Environment, sandboxes: PlatformAccess["sandboxes"]): GenesysHosts {
  if (environment !== "sandbox") {
    const { domain } = REGIONS[environment];
    return { login: `https://login.${domain}`, api: `https://api.${domain}`, apps: `https://apps.${domain}` };
  }
  if (!sandboxes.genesys) {
    throw new AppError("invalid_input", "The sandbox is off here: choose the organization's own region.");
  }
  const { origin } = new URL(sandboxes.genesys);
  return { login: origin, api: origin, apps: origin };
}
