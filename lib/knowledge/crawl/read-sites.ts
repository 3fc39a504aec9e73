import { and, asc, desc, eq, gt, inArray, or, type SQL, sql } from "drizzle-orm";
import { type PageOutcome, sitePages } from "#/drizzle/schema/site-pages.ts";
import { siteRuns } from "#/drizzle/schema/site-runs.ts";
import { type SiteSchedule, type SiteState, sites } from "#/drizzle/schema/sites.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";

export type SiteRun = {
  number: number;
  reason: "asked" | "schedule";
  startedAt: Date;
  endedAt: Date | null;
  outcome: "finished" | "cancelled" | "failed" | null;
  cause: string | null;
  robots: string | null;
  pages: number;
} & Record<PageOutcome, number>;

export type SiteView = {
  id: string;
  startUrl: string;
  pathPrefix: string;
  mostPages: number;
  mostDepth: number;
  schedule: SiteSchedule;
  nextRunAt: Date | null;
  state: SiteState;
  cancelRequested: boolean;
  cause: string | null;
  /** Addresses of the run under way that were found and not yet fetched. */
  waiting: number;
  documents: number;
  lastRun: SiteRun | undefined;
};

export type SitePageView = {
  id: string;
  url: string;
  depth: number;
  foundOn: string | null;
  outcome: PageOutcome | null;
  cause: string | null;
  status: number | null;
  fetchedAt: Date | null;
  documentId: string | null;
};

const RUNS_SHOWN = 10;
const PAGE_ROWS = 100;

/** The sites of a base, each with its latest run. */
export function listSites(db: Database, tenantId: string, baseId: string): Promise<SiteView[]> {
  return withTenant(db, tenantId, (tx) => viewsOf(tx, eq(sites.knowledgeBaseId, baseId)));
}

export type SitePage = { site: SiteView; baseId: string; runs: SiteRun[] };

export function readSite(db: Database, tenantId: string, siteId: string): Promise<SitePage | undefined> {
  return withTenant(db, tenantId, async (tx) => {
    const [site] = await viewsOf(tx, eq(sites.id, siteId));
    if (!site) return undefined;
    const [owner] = await tx
      .select({ baseId: sites.knowledgeBaseId })
      .from(sites)
      .where(eq(sites.id, siteId));
    const runs = await tx
      .select()
      .from(siteRuns)
      .where(eq(siteRuns.siteId, siteId))
      .orderBy(desc(siteRuns.number))
      .limit(RUNS_SHOWN);
    return { site, baseId: owner?.baseId ?? "", runs };
  });
}

export type PagesWanted = {
  siteId: string;
  outcomes: (PageOutcome | "waiting")[];
  after: string | undefined;
};

/** Addresses of a site in the order in which they were found. */
export function listSitePages(
  db: Database,
  tenantId: string,
  { siteId, outcomes, after }: PagesWanted,
): Promise<{ rows: SitePageView[]; next: string | undefined }> {
  return withTenant(db, tenantId, async (tx) => {
    const found = await tx
      .select({
        id: sitePages.id,
        url: sitePages.url,
        depth: sitePages.depth,
        foundOn: sitePages.foundOn,
        outcome: sitePages.outcome,
        cause: sitePages.cause,
        status: sitePages.status,
        fetchedAt: sitePages.fetchedAt,
        documentId: sitePages.documentId,
      })
      .from(sitePages)
      .innerJoin(sites, eq(sites.id, sitePages.siteId))
      .where(
        and(
          eq(sitePages.siteId, siteId),
          eq(sitePages.run, sites.run),
          outcomeIn(outcomes),
          after ? gt(sitePages.id, after) : undefined,
        ),
      )
      .orderBy(asc(sitePages.id))
      .limit(PAGE_ROWS + 1);
    const rows = found.slice(0, PAGE_ROWS);
    return { rows, next: found.length > PAGE_ROWS ? rows.at(-1)?.id : undefined };
  });
}

function outcomeIn(outcomes: PagesWanted["outcomes"]): SQL | undefined {
  if (outcomes.length === 0) return undefined;
  const ended = outcomes.filter((one): one is PageOutcome => one !== "waiting");
  return or(
    ended.length > 0 ? inArray(sitePages.outcome, ended) : undefined,
    outcomes.includes("waiting") ? eq(sitePages.state, "waiting") : undefined,
  );
}

async function viewsOf(tx: TenantTransaction, where: SQL): Promise<SiteView[]> {
  const rows = await tx
    .select({
      id: sites.id,
      startUrl: sites.startUrl,
      pathPrefix: sites.pathPrefix,
      mostPages: sites.mostPages,
      mostDepth: sites.mostDepth,
      schedule: sites.schedule,
      nextRunAt: sites.nextRunAt,
      state: sites.state,
      cancelRequested: sites.cancelRequested,
      cause: sites.cause,
      waiting: sql<number>`(select count(*)::int from site_pages p where p.site_id = "sites"."id" and p.run = "sites"."run" and p.state = 'waiting')`,
      documents: sql<number>`(select count(*)::int from documents d where d.site_id = "sites"."id" and d.state <> 'gone')`,
      lastRun: siteRuns,
    })
    .from(sites)
    .leftJoin(siteRuns, and(eq(siteRuns.siteId, sites.id), eq(siteRuns.number, sites.run)))
    .where(where)
    .orderBy(asc(sites.startUrl));
  return rows.map((row) => ({ ...row, lastRun: row.lastRun ?? undefined }));
}
