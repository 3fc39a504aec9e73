import { notFound } from "next/navigation";
import { Suspense } from "react";
import * as z from "zod";
import { ListPages } from "#/components/knowledge/list-pages.tsx";
import { SiteActions } from "#/components/knowledge/site-actions.tsx";
import { SiteFacts } from "#/components/knowledge/site-facts.tsx";
import { SitePageFilters, SitePages } from "#/components/knowledge/site-pages.tsx";
import { SiteRuns } from "#/components/knowledge/site-runs.tsx";
import { PageHeader } from "#/components/ui/page-header.tsx";
import { listSitePages, readSite } from "#/lib/knowledge/crawl/read-sites.ts";
import { parsePageFilter } from "#/lib/knowledge/crawl/site-page-filter.ts";
import type { SearchParams } from "#/lib/knowledge/document-filter.ts";
import { database } from "#/lib/web/database.ts";
import { cancelSiteAction, deleteSiteAction, runSiteAction, saveSiteAction } from "../../../site-actions.ts";
import { baseOf } from "../../base.ts";

type SitePageProps = {
  params: Promise<{ tenant: string; base: string; site: string }>;
  searchParams: Promise<SearchParams>;
};

export default async function SitePage({ params, searchParams }: SitePageProps) {
  const { tenant: slug, base: baseId, site: siteId } = await params;
  const { tenant, base, mayWrite } = await baseOf(slug, baseId);
  if (!z.uuid().safeParse(siteId).success) notFound();
  const found = await readSite(database(), tenant.id, siteId);
  if (!found || found.baseId !== baseId) notFound();
  const query = await searchParams;
  const pages = await listSitePages(database(), tenant.id, { siteId, ...parsePageFilter(query) });
  const path = `/${slug}/knowledge/${baseId}`;
  const { site, runs } = found;
  const changes = mayWrite && {
    save: saveSiteAction.bind(null, slug),
    run: runSiteAction.bind(null, slug, { siteId }),
    cancel: cancelSiteAction.bind(null, slug, { siteId }),
    remove: deleteSiteAction.bind(null, slug, { siteId }),
  };
  return (
    <>
      <PageHeader
        title={new URL(site.startUrl).host}
        hint={`Pages of ${new URL(site.pathPrefix, site.startUrl).href}, read anew on schedule.`}
        trail={[
          { label: "Knowledge", href: `/${slug}/knowledge` },
          { label: base.name, href: path },
          { label: "Sites", href: `${path}/sites` },
        ]}
        actions={changes ? <SiteActions site={site} path={`${path}/sites`} changes={changes} /> : undefined}
      />
      <div className="mb-6 grid items-start gap-4 xl:grid-cols-2">
        <SiteFacts site={site} documentsPath={`${path}?site=${siteId}`} />
        <SiteRuns runs={runs} />
      </div>
      <Suspense>
        <SitePageFilters run={site.lastRun} />
      </Suspense>
      <SitePages pages={pages.rows} documentPath={`${path}/documents`} />
      <ListPages query={query} next={pages.next} />
    </>
  );
}
