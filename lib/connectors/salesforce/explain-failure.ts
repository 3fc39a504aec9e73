import type { AppError } from "#/lib/kernel/app-error.ts";

type Explained = { reason: string; remedy: string };

const SETTINGS = "Under Set up > Settings";

/** What an admin can do about a call that the org did not carry out. */
export function explainFailure(error: AppError): Explained {
  const { code = "", status } = error.context;
  const known = KNOWN[code];
  if (known) return { reason: `${known.reason} (${code})`, remedy: known.remedy };
  if (error.code === "rate_limited")
    return {
      reason: error.message,
      remedy: "The org has used up its API requests (Setup > Company Information). Test again later.",
    };
  if (status === "403" || status === "401")
    return {
      reason: `${status}: the token is not taken. ${error.message}`,
      remedy:
        "Setup > App Manager > the connected app > OAuth scopes: add api and openid. Then test again; a change counts within ten minutes.",
    };
  if (error.code === "upstream_unavailable")
    return {
      reason: error.message,
      remedy: `${SETTINGS}: is the My Domain right? Otherwise the server's firewall, proxy or name resolution keeps it from port 443 of that host.`,
    };
  return { reason: error.message, remedy: `${SETTINGS}: check My Domain and consumer key, then test again.` };
}

const KNOWN: Record<string, Explained> = {
  invalid_client_id: {
    reason: "The org knows no connected app with this consumer key",
    remedy: `Setup > App Manager > the connected app > Manage Consumer Details: copy the key anew. A new app counts after ten minutes. ${SETTINGS}: is it the right org's My Domain?`,
  },
  invalid_client: {
    reason: "The consumer secret does not belong to this consumer key",
    remedy: "Setup > App Manager > the connected app > Manage Consumer Details: copy the secret anew.",
  },
  invalid_grant: {
    reason: "The connected app may not sign in this way, or has no user to run as",
    remedy:
      "Setup > App Manager > the connected app > Manage > Edit Policies: tick Enable Client Credentials Flow and choose a Run As user who is active.",
  },
  unsupported_grant_type: {
    reason: "The client credentials flow is off for this connected app",
    remedy:
      "Setup > App Manager > the connected app > Edit: tick Enable Client Credentials Flow, then choose a Run As user under Manage > Edit Policies.",
  },
  INVALID_TYPE: {
    reason: "The run-as user may not see queues",
    remedy:
      "Give the run-as user View Setup and Configuration, and switch Omni-Channel on (Setup > Omni-Channel Settings).",
  },
  API_DISABLED_FOR_ORG: {
    reason: "The org or the run-as user has no API access",
    remedy: "Give the run-as user the permission API Enabled, and the connected app the scope api.",
  },
};
