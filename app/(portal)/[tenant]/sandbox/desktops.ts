import type { SandboxDesktop } from "#/components/sandbox/desktop-list.tsx";
import { manifestOf } from "#/lib/connectors/catalog.ts";
import { fillDeployment } from "#/lib/connectors/fill-deployment.ts";
import { type Connection, openSecret, readConnection } from "#/lib/integrations/find-connection.ts";
import { listConnections } from "#/lib/integrations/list-connections.ts";
import { database } from "#/lib/web/database.ts";
import { keyRing } from "#/lib/web/key-ring.ts";
import { webNetwork } from "#/lib/web/network.ts";
import { webEnv } from "#/lib/web/web-env.ts";

/** The desktops that the sandbox plays for a tenant's connections: those that stand on the sandbox's own region. */
export async function sandboxDesktops(tenantId: string): Promise<SandboxDesktop[]> {
  const cards = (await listConnections(database(), tenantId)).filter(({ active }) => active);
  const connections = await Promise.all(cards.map(({ id }) => readConnection(database(), tenantId, id)));
  return connections.flatMap((connection) => (connection ? desktopOf(connection) : []));
}

function desktopOf(connection: Connection): SandboxDesktop[] {
  const { id, platform, name, settings } = connection;
  const sandbox = webNetwork().sandboxes[platform];
  const widget = widgetIn(connection);
  if (!sandbox || !widget || !Object.values(settings).includes("sandbox")) return [];
  return [
    {
      connectionId: id,
      platform,
      name,
      href: `${sandbox.replace(/\/+$/, "")}/desktop?widget=${encodeURIComponent(widget)}`,
    },
  ];
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
