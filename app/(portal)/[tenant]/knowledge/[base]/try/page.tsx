import { BaseHeader } from "#/components/knowledge/base-header.tsx";
import { TryBase } from "#/components/knowledge/try-base.tsx";
import { tryBaseAction } from "../../actions.ts";
import { type BaseParams, baseOf } from "../base.ts";
import { baseChanges } from "../base-changes.ts";

export default async function TryPage({ params }: BaseParams) {
  const { tenant: slug, base: id } = await params;
  const { base, mayWrite } = await baseOf(slug, id);
  return (
    <>
      <BaseHeader base={base} slug={slug} changes={mayWrite ? baseChanges(slug, base) : undefined} />
      <TryBase
        baseId={id}
        tryIt={tryBaseAction.bind(null, slug)}
        documentPath={`/${slug}/knowledge/${id}/documents`}
      />
    </>
  );
}
