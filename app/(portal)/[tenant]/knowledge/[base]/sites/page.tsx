import { BaseHeader } from "#/components/knowledge/base-header.tsx";
import { NewSite } from "#/components/knowledge/new-site.tsx";
import { SiteList } from "#/components/knowledge/site-list.tsx";
import { listSites } from "#/lib/knowledge/crawl/read-sites.ts";
import { database } from "#/lib/web/database.ts";
import { addSiteAction } from "../../site-actions.ts";
import { type BaseParams, baseOf } from "../base.ts";
import { baseChanges } from "../base-changes.ts";

export const metadata = { title: "Sites" };

export default async function SitesPage({ params }: BaseParams) {
  const { tenant: slug, base: id } = await params;
  const { tenant, base, mayWrite } = await baseOf(slug, id);
  const sites = await listSites(database(), tenant.id, id);
  const path = `/${slug}/knowledge/${id}/sites`;
  const add = mayWrite ? <NewSite baseId={id} path={path} add={addSiteAction.bind(null, slug)} /> : undefined;
  return (
    <>
      <BaseHeader base={base} slug={slug} changes={mayWrite ? baseChanges(slug, base) : undefined} />
      <SiteList sites={sites} path={path} add={add} />
    </>
  );
}
