import { ConnectionTest } from "#/components/integrations/connection-test.tsx";
import { OrganizationChoice } from "#/components/integrations/organization-choice.tsx";
import { takeOrganizationAction } from "../../actions.ts";
import { type ConnectionParams, connectionOf } from "../connection.ts";

export default async function TestPage({ params }: ConnectionParams) {
  const { tenant: slug, connection: id } = await params;
  const { connection, mayWrite } = await connectionOf(slug, id);
  const { foundOrganization, organizationName, organizationId } = connection.settings;
  return (
    <div className="flex max-w-4xl flex-col gap-4">
      <ConnectionTest address={`/${slug}/integrations/${id}/check`} last={connection.lastCheck} />
      {foundOrganization && mayWrite ? (
        <OrganizationChoice
          bound={organizationName ?? organizationId ?? "another one"}
          found={foundOrganization}
          take={takeOrganizationAction.bind(null, slug, { connectionId: id })}
        />
      ) : null}
    </div>
  );
}
