/** The platform's domains, one a region. Its desktop runs under `apps.` of them. */
const REGION_DOMAINS = [
  "mypurecloud.com",
  "use2.us-gov-pure.cloud",
  "usw2.pure.cloud",
  "cac1.pure.cloud",
  "sae1.pure.cloud",
  "mxc1.pure.cloud",
  "mypurecloud.ie",
  "euw2.pure.cloud",
  "mypurecloud.de",
  "euc2.pure.cloud",
  "mec1.pure.cloud",
  "aps1.pure.cloud",
  "mypurecloud.jp",
  "apne2.pure.cloud",
  "apne3.pure.cloud",
  "apse1.pure.cloud",
  "mypurecloud.com.au",
  "edee1.eusc-pure.cloud",
] as const;

export const frameAncestors = REGION_DOMAINS.map((domain) => `https://apps.${domain}`);
