import { BaseHeader } from "#/components/knowledge/base-header.tsx";
import { DocumentTable } from "#/components/knowledge/document-table.tsx";
import { UploadArea } from "#/components/knowledge/upload-area.tsx";
import { WebPageForm } from "#/components/knowledge/web-page-form.tsx";
import { addWebPageAction, deleteDocumentAction, retryDocumentAction } from "../actions.ts";
import { type BaseParams, baseOf } from "./base.ts";
import { baseChanges } from "./base-changes.ts";

export async function generateMetadata({ params }: BaseParams) {
  const { tenant: slug, base: id } = await params;
  return { title: (await baseOf(slug, id)).base.name };
}

export default async function BasePage({ params }: BaseParams) {
  const { tenant: slug, base: id } = await params;
  const { base, mayWrite } = await baseOf(slug, id);
  const path = `/${slug}/knowledge/${id}`;
  return (
    <>
      <BaseHeader base={base} slug={slug} changes={mayWrite ? baseChanges(slug, base) : undefined} />
      {mayWrite ? (
        <div className="mb-4 grid gap-3 lg:grid-cols-2">
          <UploadArea address={`${path}/upload`} />
          <WebPageForm baseId={id} add={addWebPageAction.bind(null, slug)} />
        </div>
      ) : null}
      <DocumentTable
        documents={base.documents}
        path={`${path}/documents`}
        changes={
          mayWrite
            ? { retry: retryDocumentAction.bind(null, slug), remove: deleteDocumentAction.bind(null, slug) }
            : undefined
        }
      />
    </>
  );
}
