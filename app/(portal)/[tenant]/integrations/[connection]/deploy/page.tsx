import { DeployWidget } from "#/components/integrations/deploy-widget.tsx";
import { manifestOf } from "#/lib/connectors/catalog.ts";
import { fillDeployment } from "#/lib/connectors/fill-deployment.ts";
import { widgetAddress } from "#/lib/connectors/public-addresses.ts";
import { webEnv } from "#/lib/web/web-env.ts";
import { renewTokenAction, saveOriginsAction } from "../../actions.ts";
import { type ConnectionParams, connectionOf } from "../connection.ts";

export default async function DeployPage({ params }: ConnectionParams) {
  const { tenant: slug, connection: id } = await params;
  const { connection, mayWrite } = await connectionOf(slug, id);
  const { PORTAL_URL, INGEST_URL: ingestUrl, VOICESTREAM_ADDRESS: voicestreamAddress } = webEnv();
  const doors = { ingestUrl, voicestreamAddress };
  const { deployment, frameAncestors } = manifestOf(connection.platform);
  return (
    <DeployWidget
      connectionId={id}
      address={widgetAddress(PORTAL_URL, connection)}
      parts={deployment ? fillDeployment(deployment, PORTAL_URL, connection, doors) : []}
      platformHosts={frameAncestors}
      origins={connection.allowedOrigins}
      renew={mayWrite ? renewTokenAction.bind(null, slug, { connectionId: id }) : undefined}
      save={mayWrite ? saveOriginsAction.bind(null, slug) : undefined}
    />
  );
}
