import type { AppError } from "#/lib/kernel/app-error.ts";

/** What an admin can do about a call that the platform did not carry out. */
export function explainFailure({ code, message, context }: AppError): { reason: string; remedy: string } {
  if (code === "rate_limited") {
    return {
      reason: message,
      remedy:
        "Wait some minutes and test again. Five9 counts calls by user: give this connection an API user of its own.",
    };
  }
  if (code === "upstream_unavailable") {
    return {
      reason: message,
      remedy: context.status
        ? "Test again in some minutes, and look at Five9's status page."
        : "The server must reach Five9 on port 443: check its firewall, its proxy and the region under Set up.",
    };
  }
  if (context.status === "401" || context.status === "403") {
    return {
      reason: message,
      remedy:
        "Compare user name and password under Set up > Settings. The user needs the Administrator role with the web services permission, and must be known in the region that is chosen.",
    };
  }
  if (context.status === "404") {
    return {
      reason: message,
      remedy: "Check the version of the web services and the region under Set up > Settings.",
    };
  }
  return { reason: message, remedy: "Check the settings of the connection, then test again." };
}
