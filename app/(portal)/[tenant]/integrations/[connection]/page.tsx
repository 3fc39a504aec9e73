import { ConnectionSettings } from "#/components/integrations/connection-settings.tsx";
import { CredentialsCard } from "#/components/integrations/credentials-card.tsx";
import { SetupWizard } from "#/components/integrations/setup-wizard.tsx";
import { manifestOf } from "#/lib/connectors/catalog.ts";
import { audiohookAddress, signInCallback, widgetAddress } from "#/lib/connectors/public-addresses.ts";
import { webEnv } from "#/lib/web/web-env.ts";
import { retireAction, rotateAction, saveConnectionAction, setupStepAction } from "../actions.ts";
import { type ConnectionParams, connectionOf } from "./connection.ts";

export default async function SetupPage({ params }: ConnectionParams) {
  const { tenant: slug, connection: id } = await params;
  const { connection, mayWrite } = await connectionOf(slug, id);
  const manifest = manifestOf(connection.platform);
  const { AUDIOHOOK_URL, PORTAL_URL, SANDBOX } = webEnv();

  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_26rem]">
      <SetupWizard
        steps={manifest.setupSteps}
        checked={connection.lastCheck?.steps ?? []}
        ticked={Object.keys(connection.setup)}
        address={`/${slug}/integrations/${id}/check`}
        tick={mayWrite ? setupStepAction.bind(null, slug) : undefined}
        connectionId={id}
        paste={{
          audiohookAddress: audiohookAddress(AUDIOHOOK_URL, connection.publicId),
          widgetAddress: widgetAddress(PORTAL_URL, connection),
          signInCallback: signInCallback(PORTAL_URL, connection.platform),
        }}
        links={{
          mapping: `/${slug}/middleware/queues`,
          deploy: `/${slug}/integrations/${id}/deploy`,
          test: `/${slug}/integrations/${id}/test`,
          credentials: "#credentials",
          settings: "#settings",
        }}
      />
      <div className="flex flex-col gap-4">
        {mayWrite ? (
          <ConnectionSettings
            platform={connection.platform}
            fields={manifest.credentialFields}
            connection={connection}
            sandbox={SANDBOX === "on"}
            save={saveConnectionAction.bind(null, slug)}
          />
        ) : null}
        <CredentialsCard
          fields={manifest.credentialFields.filter(({ kind }) => kind === "generated")}
          stored={connection.stored}
          previousValidUntil={connection.previousValidUntil}
          mayWrite={mayWrite}
          rotate={rotateAction.bind(null, slug, { connectionId: id })}
          retire={retireAction.bind(null, slug, { connectionId: id })}
        />
      </div>
    </div>
  );
}
