import { WidgetApp } from "#/components/widget/widget-app.tsx";
import { WidgetProblem } from "#/components/widget/widget-message.tsx";
import { manifestOf } from "#/lib/connectors/catalog.ts";
import { findConnection } from "#/lib/integrations/find-connection.ts";
import { database } from "#/lib/web/database.ts";
import { frameGround, frameOrigins, widgetSetupOf } from "#/lib/web/frame-rules.ts";

/** Who may see what is settled by the token exchange; this page alone shows nothing of a tenant. */
export default async function WidgetPage({ params }: PageProps<"/widget/[platform]/[connection]">) {
  const { platform, connection: publicId } = await params;
  const connection = await findConnection(database(), publicId);
  if (!connection || connection.platform !== platform) return <WidgetProblem kind="unknown-connection" />;
  const ground = frameGround();
  return (
    <WidgetApp
      platform={connection.platform}
      label={manifestOf(connection.platform).label}
      connection={connection.publicId}
      allowedOrigins={frameOrigins(connection, ground)}
      setup={widgetSetupOf(connection, ground.sandboxes)}
    />
  );
}
