import { MappingTable } from "#/components/mapping/mapping-table.tsx";
import { PageHeader } from "#/components/ui/page-header.tsx";
import { connectorOf } from "#/lib/connectors/registry.ts";
import { type ConnectionChoice, listChoices } from "#/lib/routing/list-choices.ts";
import { listMappings } from "#/lib/routing/list-mappings.ts";
import { may } from "#/lib/tenancy/permissions.ts";
import { database } from "#/lib/web/database.ts";
import { requireTenant } from "#/lib/web/require-tenant.ts";
import {
  deleteMappingAction,
  listQueuesAction,
  saveDefaultAction,
  saveMappingAction,
  tryMappingAction,
} from "./actions.ts";

export const metadata = { title: "Queue Mapping" };

export default async function QueuesPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant: slug } = await params;
  const tenant = await requireTenant(slug, "mapping:read");
  const [table, choices] = await Promise.all([
    listMappings(database(), tenant.id),
    listChoices(database(), tenant.id),
  ]);
  return (
    <>
      <PageHeader
        title="Queue Mapping"
        hint="Which knowledge base, prompt and model answer for a queue. Every other queue uses the tenant default."
      />
      <MappingTable
        table={table}
        choices={{ ...choices, connections: choices.connections.map(withLister) }}
        tryIt={tryMappingAction.bind(null, slug)}
        changes={
          may(tenant.role, "mapping:write")
            ? {
                save: saveMappingAction.bind(null, slug),
                saveDefault: saveDefaultAction.bind(null, slug),
                remove: deleteMappingAction.bind(null, slug),
                list: listQueuesAction.bind(null, slug),
              }
            : undefined
        }
      />
    </>
  );
}

function withLister(connection: ConnectionChoice) {
  const { listQueues, manifest } = connectorOf(connection.platform);
  return listQueues ? { ...connection, listedBy: manifest.label } : connection;
}
