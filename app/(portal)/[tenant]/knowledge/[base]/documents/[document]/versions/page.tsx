import { DocumentHeader } from "#/components/knowledge/document-header.tsx";
import { VersionDiff } from "#/components/knowledge/version-diff.tsx";
import { VersionList } from "#/components/knowledge/version-list.tsx";
import { diffWords } from "#/lib/knowledge/diff-words.ts";
import type { SearchParams } from "#/lib/knowledge/document-filter.ts";
import { listVersions, readVersionText } from "#/lib/knowledge/versions.ts";
import { database } from "#/lib/web/database.ts";
import { deleteDocumentsAction, restoreVersionAction, retryDocumentsAction } from "../../../../actions.ts";
import { type DocumentParams, documentOf } from "../document.ts";

export const metadata = { title: "Versions" };

type VersionsPageProps = DocumentParams & { searchParams: Promise<SearchParams> };

export default async function VersionsPage({ params, searchParams }: VersionsPageProps) {
  const { tenant: slug, base: baseId, document: id } = await params;
  const { tenant, document, mayWrite } = await documentOf(slug, baseId, id);
  const versions = await listVersions(database(), tenant.id, id);
  const asked = Number((await searchParams).version);
  const shown = versions.find(({ number }) => number === asked) ?? versions[0];
  const before = versions.find(({ number }) => number < (shown?.number ?? 0));
  const textOf = (number: number | undefined) =>
    number === undefined ? undefined : readVersionText(database(), tenant.id, { documentId: id, number });
  const [text, former] = await Promise.all([textOf(shown?.number), textOf(before?.number)]);
  const path = `/${slug}/knowledge/${baseId}/documents/${id}/versions`;
  const changes = mayWrite
    ? { retry: retryDocumentsAction.bind(null, slug), remove: deleteDocumentsAction.bind(null, slug) }
    : undefined;
  return (
    <>
      <DocumentHeader document={document} list={`/${slug}/knowledge`} changes={changes} />
      <div className="grid items-start gap-4 lg:grid-cols-[18rem_minmax(0,1fr)]">
        <VersionList
          documentId={id}
          versions={versions}
          shown={shown?.number}
          path={path}
          restore={mayWrite ? restoreVersionAction.bind(null, slug) : undefined}
        />
        {shown && text !== undefined ? (
          <VersionDiff
            number={shown.number}
            before={before?.number}
            parts={former === undefined ? [{ kind: "same", text }] : diffWords(former, text)}
          />
        ) : null}
      </div>
    </>
  );
}
