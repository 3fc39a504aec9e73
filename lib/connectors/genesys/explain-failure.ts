import type { AppError } from "#/lib/kernel/app-error.ts";

type Explained = { reason: string; remedy: string };

/** What an admin can do about a call that the platform did not carry out. */
export function explainFailure(error: AppError): Explained {
  const { status, code = "", permissions } = error.context;
  if (error.code === "rate_limited") return busy(error);
  if (error.code === "upstream_unavailable") return away(error);
  if (code === "invalid_client") {
    return {
      reason: `The login does not know this client, or not with this secret (${code}).`,
      remedy:
        "Is the region right? A client is known in its own region only. Otherwise compare client id and secret with Admin > Integrations > OAuth, make a new secret there, and paste it under Set up > Settings.",
    };
  }
  if (code === "unauthorized_client") {
    return {
      reason: `The client may not sign in this way (${error.message}).`,
      remedy:
        "Admin > Integrations > OAuth: the client must be active, and its grant type must be Client Credentials.",
    };
  }
  if (status === "403") return forbidden(permissions);
  if (status === "401") {
    return {
      reason: "Genesys Cloud does not accept the token any more.",
      remedy:
        "Test again. If it happens again, the client was disabled or deleted: see Admin > Integrations > OAuth.",
    };
  }
  return {
    reason: error.message,
    remedy: error.context.contextId
      ? `Test again. For Genesys Cloud's support: context id ${error.context.contextId}.`
      : "Check the client and the region under Set up > Settings, then test again.",
  };
}

function forbidden(permissions: string | undefined): Explained {
  if (!permissions) {
    return {
      reason: "403: the client may not do this.",
      remedy:
        "Admin > Integrations > OAuth > the client > Roles: assign the role from the setup guide, with the divisions of your queues, then test again.",
    };
  }
  return {
    reason: `403: the client's role lacks ${permissions}.`,
    remedy: `Admin > Roles / Permissions: add ${permissions} to a role, and assign the role to the client under Admin > Integrations > OAuth > Roles with the divisions of your queues. It counts within minutes; then test again.`,
  };
}

function busy(error: AppError): Explained {
  return {
    reason: `429: refused for its rate (${error.message}).`,
    remedy:
      "Wait a minute and test again. If it stays, another program uses the same OAuth client: give this connection a client of its own. Service Health shows how often it happens.",
  };
}

function away(error: AppError): Explained {
  if (error.context.status) {
    return {
      reason: `Genesys Cloud has trouble: ${error.message}`,
      remedy: "Test again in some minutes, and look at the status page of your region.",
    };
  }
  return {
    reason: error.message,
    remedy:
      "The server must reach login. and api. of the region on port 443: check its firewall, its proxy and its name resolution.",
  };
}
