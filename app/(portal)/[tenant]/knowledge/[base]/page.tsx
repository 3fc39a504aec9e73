import { Suspense } from "react";
import { BaseHeader } from "#/components/knowledge/base-header.tsx";
import { DocumentFilters } from "#/components/knowledge/document-filters.tsx";
import { DocumentTable } from "#/components/knowledge/document-table.tsx";
import { ListPages } from "#/components/knowledge/list-pages.tsx";
import { UploadArea } from "#/components/knowledge/upload-area.tsx";
import { WebPageForm } from "#/components/knowledge/web-page-form.tsx";
import { parseDocumentFilter, type SearchParams } from "#/lib/knowledge/document-filter.ts";
import { listDocuments } from "#/lib/knowledge/list-documents.ts";
import { database } from "#/lib/web/database.ts";
import { addWebPageAction, deleteDocumentsAction, retryDocumentsAction } from "../actions.ts";
import { type BaseParams, baseOf } from "./base.ts";
import { baseChanges } from "./base-changes.ts";

export async function generateMetadata({ params }: BaseParams) {
  const { tenant: slug, base: id } = await params;
  return { title: (await baseOf(slug, id)).base.name };
}

type BasePageProps = BaseParams & { searchParams: Promise<SearchParams> };

export default async function BasePage({ params, searchParams }: BasePageProps) {
  const { tenant: slug, base: id } = await params;
  const { tenant, base, mayWrite } = await baseOf(slug, id);
  const query = await searchParams;
  const filter = parseDocumentFilter(query);
  const list = await listDocuments(database(), tenant.id, { baseId: id, filter });
  const path = `/${slug}/knowledge/${id}`;
  return (
    <>
      <BaseHeader base={base} slug={slug} changes={mayWrite ? baseChanges(slug, base) : undefined} />
      {mayWrite ? (
        <div className="mb-4 grid gap-3 lg:grid-cols-2">
          <UploadArea address={`${path}/upload`} />
          <WebPageForm baseId={id} add={addWebPageAction.bind(null, slug)} sitesPath={`${path}/sites`} />
        </div>
      ) : null}
      {base.documents > 0 ? (
        <Suspense>
          <DocumentFilters base={base} matching={list.matching} />
        </Suspense>
      ) : null}
      <DocumentTable
        base={base}
        documents={list.rows}
        path={`${path}/documents`}
        changes={
          mayWrite
            ? { retry: retryDocumentsAction.bind(null, slug), remove: deleteDocumentsAction.bind(null, slug) }
            : undefined
        }
      />
      <ListPages query={query} next={list.next} />
    </>
  );
}
