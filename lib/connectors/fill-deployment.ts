import type { DeployPart } from "./manifest.ts";
import { signInCallback, widgetAddress } from "./public-addresses.ts";

type Deployed = { platform: string; publicId: string; embedToken?: string | undefined };

/** Doors that only some platforms reach. */
type Doors = { ingestUrl?: string | undefined; voicestreamAddress?: string | undefined };

const withoutSlash = (url: string) => url.replace(/\/+$/, "");

/** A deployment's texts with this installation's and this connection's own addresses in them. */
export function fillDeployment(
  parts: readonly DeployPart[],
  portalUrl: string,
  { embedToken, ...connection }: Deployed,
  { ingestUrl = "", voicestreamAddress = "" }: Doors = {},
): DeployPart[] {
  const facts: Record<string, string> = {
    "%WIDGET_URL%": widgetAddress(portalUrl, connection),
    "%WIDGET_TOKEN%": embedToken ? `#t=${embedToken}` : "",
    "%SIGN_IN_CALLBACK%": signInCallback(portalUrl, connection.platform),
    // Where the platform adds parameters by itself, the token is one of them.
    "%EMBED_TOKEN%": embedToken ?? "",
    "%INGEST_URL%": `${withoutSlash(ingestUrl)}/ingest/${connection.platform}/${connection.publicId}`,
    "%VOICESTREAM_ADDRESS%": voicestreamAddress,
    "%PORTAL_URL%": withoutSlash(portalUrl),
    "%PUBLIC_ID%": connection.publicId,
  };
  const fill = (text: string) => text.replace(/%[A-Z_]+%/g, (name) => facts[name] ?? name);
  return parts.map((part) => ({
    ...part,
    values: part.values.map((one) => ({ ...one, value: fill(one.value) })),
  }));
}
