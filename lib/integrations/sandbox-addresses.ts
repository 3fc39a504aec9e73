import type { PlatformAccess } from "#/lib/connectors/platform-access.ts";

type SandboxEnv = {
  OUTBOUND_ALLOWED_HOSTS: string;
  SANDBOX: "on" | "off";
  SANDBOX_GENESYS_URL: string;
  SANDBOX_8X8_URL: string;
  SANDBOX_FIVE9_URL: string;
  SANDBOX_SALESFORCE_URL: string;
  SANDBOX_GOOGLE_URL: string;
};

/**
 * Where the sandbox plays the platforms, and the private hosts that calls may reach: the operator's, and the
 * sandbox's own only where it is on.
 */
export function sandboxAddresses(env: SandboxEnv): {
  sandboxes: PlatformAccess["sandboxes"];
  allowedHosts: string;
} {
  const sandboxes =
    env.SANDBOX === "on"
      ? {
          genesys: env.SANDBOX_GENESYS_URL,
          "8x8": env.SANDBOX_8X8_URL,
          five9: env.SANDBOX_FIVE9_URL,
          salesforce: env.SANDBOX_SALESFORCE_URL,
          "google-ccai": env.SANDBOX_GOOGLE_URL,
        }
      : {};
  const hosts = Object.values(sandboxes).map((url) => new URL(url).host);
  return { sandboxes, allowedHosts: [env.OUTBOUND_ALLOWED_HOSTS, ...hosts].filter(Boolean).join(",") };
}
