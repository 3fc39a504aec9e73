import { WidgetApp } from "#/components/widget/widget-app.tsx";
import { WidgetProblem } from "#/components/widget/widget-message.tsx";
import { findConnection } from "#/lib/integrations/find-connection.ts";
import { database } from "#/lib/web/database.ts";
import { frameOrigins } from "#/lib/web/frame-rules.ts";

/** Who may see what is settled by the token exchange; this page alone shows nothing of a tenant. */
export default async function WidgetPage({ params }: PageProps<"/widget/[platform]/[connection]">) {
  const { platform, connection: publicId } = await params;
  const connection = await findConnection(database(), publicId);
  if (!connection || connection.platform !== platform) return <WidgetProblem kind="unknown-connection" />;
  return (
    <WidgetApp
      platform={connection.platform}
      connection={connection.publicId}
      allowedOrigins={frameOrigins(connection)}
    />
  );
}
