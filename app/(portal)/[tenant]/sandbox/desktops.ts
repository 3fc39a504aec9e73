import type { SandboxDesktop } from "#/components/sandbox/desktop-list.tsx";
import type { OtherPlatform } from "#/components/sandbox/other-platforms.tsx";
import { CATALOG, manifestOf } from "#/lib/connectors/catalog.ts";
import { fillDeployment } from "#/lib/connectors/fill-deployment.ts";
import { type Connection, openSecret, readConnection } from "#/lib/integrations/find-connection.ts";
import { listConnections } from "#/lib/integrations/list-connections.ts";
import { database } from "#/lib/web/database.ts";
import { keyRing } from "#/lib/web/key-ring.ts";
import { webNetwork } from "#/lib/web/network.ts";
import { webEnv } from "#/lib/web/web-env.ts";

/** Whose platform must be told something before its desktop opens. */
const PREPARED: ReadonlySet<string> = new Set(["five9", "salesforce"]);

/** The desktops that the sandbox plays for a tenant's connections: those that stand on the sandbox's own region. */
export async function sandboxDesktops(tenantId: string, slug: string): Promise<SandboxDesktop[]> {
  const cards = (await listConnections(database(), tenantId)).filter(({ active }) => active);
  const connections = await Promise.all(cards.map(({ id }) => readConnection(database(), tenantId, id)));
  return connections.flatMap((connection) => {
    const address = connection && desktopAddress(connection);
    if (!connection || !address) return [];
    const { id, platform, name } = connection;
    const href = PREPARED.has(platform) ? `/${slug}/sandbox/desktops/${id}` : address.href;
    return [{ connectionId: id, platform, name, href }];
  });
}

/** What the sandbox plays besides. */
export function otherPlatforms(desktops: readonly SandboxDesktop[]): OtherPlatform[] {
  const { sandboxes } = webNetwork();
  return CATALOG.flatMap(({ id }) => {
    const sandbox = sandboxes[id];
    if (!sandbox || desktops.some(({ platform }) => platform === id)) return [];
    return [{ platform: id, desktop: new URL("/desktop", sandbox).href }];
  });
}

/** Where the sandbox plays the desktop of a connection, with the connection's widget to be framed there. */
export function desktopAddress(connection: Connection): URL | undefined {
  const { platform, settings } = connection;
  const sandbox = webNetwork().sandboxes[platform];
  if (!sandbox || !Object.values(settings).includes("sandbox")) return undefined;
  // The package that is deployed to an org finds the widget by itself.
  if (platform === "salesforce") return new URL("/console", sandbox);
  const widget = widgetIn(connection);
  if (!widget) return undefined;
  const address = new URL("/desktop", sandbox);
  address.searchParams.set("widget", widget);
  return address;
}

/** The widget's address as an admin would paste it, with the platform's placeholders in it. */
function widgetIn(connection: Connection): string | undefined {
  const { deployment = [] } = manifestOf(connection.platform);
  const pasted = deployment.flatMap((part) => {
    const at = part.values.findIndex(({ value }) => value.startsWith("%WIDGET_URL%"));
    return at === -1 ? [] : [{ part, at }];
  });
  const [first] = pasted;
  if (!first) return undefined;
  const embedToken = openSecret(connection, "embedToken", keyRing());
  const deployed = { platform: connection.platform, publicId: connection.publicId, embedToken };
  const [filled] = fillDeployment([first.part], webEnv().PORTAL_URL, deployed);
  return filled?.values[first.at]?.value;
}
