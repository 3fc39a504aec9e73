import Link from "next/link";
import { CheckHistory } from "#/components/integrations/check-history.tsx";
import { ConnectionTest } from "#/components/integrations/connection-test.tsx";
import { OrganizationChoice } from "#/components/integrations/organization-choice.tsx";
import { listChecks } from "#/lib/integrations/list-checks.ts";
import { database } from "#/lib/web/database.ts";
import { takeOrganizationAction } from "../../actions.ts";
import { type ConnectionParams, connectionOf } from "../connection.ts";

type TestPageProps = ConnectionParams & {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const UUID = /^[0-9a-f-]{36}$/;

export default async function TestPage({ params, searchParams }: TestPageProps) {
  const { tenant: slug, connection: id } = await params;
  const { tenant, connection, mayWrite } = await connectionOf(slug, id);
  const { before: wanted } = await searchParams;
  const before = typeof wanted === "string" && UUID.test(wanted) ? wanted : undefined;
  const { checks, next } = await listChecks(database(), tenant.id, { connectionId: id, before });
  const { foundOrganization, organizationName, organizationId } = connection.settings;
  const here = `/${slug}/integrations/${id}/test`;
  return (
    <div className="flex max-w-4xl flex-col gap-6">
      <ConnectionTest address={`/${slug}/integrations/${id}/check`} last={connection.lastCheck} />
      {foundOrganization && mayWrite ? (
        <OrganizationChoice
          bound={organizationName ?? organizationId ?? "another one"}
          found={foundOrganization}
          take={takeOrganizationAction.bind(null, slug, { connectionId: id })}
        />
      ) : null}
      <CheckHistory checks={checks} />
      <nav aria-label="Pages of the test history" className="flex gap-4 text-sm">
        {before ? (
          <Link href={here} className="text-accent-text underline-offset-4 hover:underline">
            Newest tests
          </Link>
        ) : null}
        {next ? (
          <Link
            href={`${here}?before=${next}`}
            className="text-accent-text underline-offset-4 hover:underline"
          >
            Older tests
          </Link>
        ) : null}
      </nav>
    </div>
  );
}
