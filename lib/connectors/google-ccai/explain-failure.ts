import type { AppError } from "#/lib/kernel/app-error.ts";
import type { Explained } from "../timed-step.ts";
import type { ServiceAccountKey } from "./service-account-key.ts";

/** What a step needs, so that a refusal can say what is missing even where Google does not. */
export type Needs = { permission: string; role: string; on: string };

const API_NAMES: Record<string, string> = {
  "pubsub.googleapis.com": "Cloud Pub/Sub API",
  "dialogflow.googleapis.com": "Dialogflow API",
  "contactcenterinsights.googleapis.com": "Contact Center AI Insights API",
};

/** What an admin can do about a call that Google did not carry out. */
export function explainFailure(error: AppError, key: ServiceAccountKey, needs: Needs): Explained {
  const { status, code, service } = error.context;
  if (code === "invalid_grant" || code === "invalid_client") return badKey(error, key);
  if (code === "SERVICE_DISABLED") return disabled(service, key);
  if (status === "403") return forbidden(error, key, needs);
  if (error.code === "rate_limited") {
    return {
      reason: `429: refused for its rate (${error.message}).`,
      remedy: "Wait a minute and test again, and look at the project's quotas under IAM & Admin > Quotas.",
    };
  }
  if (error.code === "upstream_unavailable") {
    return {
      reason: error.message,
      remedy:
        "The server must reach *.googleapis.com on port 443: check its firewall and its name resolution.",
    };
  }
  return { reason: error.message, remedy: "Check the names under Set up > Settings, then test again." };
}

function badKey({ message }: AppError, { email, keyId }: ServiceAccountKey): Explained {
  return {
    reason: `Google does not take the key ${keyId} of ${email} (${message}).`,
    remedy:
      "IAM & Admin > Service Accounts: is the account enabled and the key still there? Otherwise make a new JSON key and paste it under Set up > Settings. A server clock that is minutes off is refused as well.",
  };
}

function disabled(service: string | undefined, { projectId }: ServiceAccountKey): Explained {
  const name = service ? `${API_NAMES[service] ?? service} (${service})` : "An API that is needed";
  return {
    reason: `${name} is not enabled in the project ${projectId}.`,
    remedy: `APIs & Services > Library: enable ${service ?? "it"} in the project, wait some minutes, then test again.`,
  };
}

function forbidden(error: AppError, { email }: ServiceAccountKey, needs: Needs): Explained {
  const permission = error.context.permission ?? needs.permission;
  const role = permission === needs.permission ? ` (role ${needs.role})` : "";
  return {
    reason: `403: ${email} lacks ${permission} on ${needs.on}.`,
    remedy: `Grant ${permission}${role} to ${email} on ${needs.on}: IAM & Admin > IAM, or the resource's own Permissions panel. It counts within minutes; then test again.`,
  };
}
