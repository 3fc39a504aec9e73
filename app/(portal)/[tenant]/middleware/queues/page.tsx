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
  explainQueueAction,
  exportMappingsAction,
  listQueuesAction,
  listVersionsAction,
  recentQuestionsAction,
  restoreVersionAction,
  saveDefaultAction,
  saveMappingAction,
  tryMappingAction,
} from "./actions.ts";
import { bulkChangeAction, importMappingsAction, planImportAction, undoBulkAction } from "./bulk-actions.ts";

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
        reads={readsOf(slug)}
        changes={may(tenant.role, "mapping:write") ? changesOf(slug) : undefined}
      />
    </>
  );
}

function readsOf(slug: string) {
  return {
    tryIt: tryMappingAction.bind(null, slug),
    versions: listVersionsAction.bind(null, slug),
    explain: explainQueueAction.bind(null, slug),
    recent: recentQuestionsAction.bind(null, slug),
    exportCsv: exportMappingsAction.bind(null, slug),
  };
}

function changesOf(slug: string) {
  return {
    save: saveMappingAction.bind(null, slug),
    saveDefault: saveDefaultAction.bind(null, slug),
    remove: deleteMappingAction.bind(null, slug),
    list: listQueuesAction.bind(null, slug),
    restore: restoreVersionAction.bind(null, slug),
    bulk: bulkChangeAction.bind(null, slug),
    undo: undoBulkAction.bind(null, slug),
    plan: planImportAction.bind(null, slug),
    importCsv: importMappingsAction.bind(null, slug),
  };
}

function withLister(connection: ConnectionChoice) {
  const { listQueues, manifest } = connectorOf(connection.platform);
  return listQueues ? { ...connection, listedBy: manifest.label } : connection;
}
