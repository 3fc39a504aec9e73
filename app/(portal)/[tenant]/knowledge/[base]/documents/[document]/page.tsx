import { DocumentHeader } from "#/components/knowledge/document-header.tsx";
import { PassageList } from "#/components/knowledge/passage-list.tsx";
import { deleteDocumentsAction, retryDocumentsAction } from "../../../actions.ts";
import { type DocumentParams, documentOf } from "./document.ts";

export async function generateMetadata({ params }: DocumentParams) {
  const { tenant: slug, base, document: id } = await params;
  return { title: (await documentOf(slug, base, id)).document.title };
}

export default async function DocumentPage({ params }: DocumentParams) {
  const { tenant: slug, base: baseId, document: id } = await params;
  const { document, mayWrite } = await documentOf(slug, baseId, id);
  const changes = mayWrite
    ? { retry: retryDocumentsAction.bind(null, slug), remove: deleteDocumentsAction.bind(null, slug) }
    : undefined;
  return (
    <>
      <DocumentHeader document={document} list={`/${slug}/knowledge`} changes={changes} />
      <PassageList state={document.state} cause={document.cause} passages={document.passages} />
    </>
  );
}
