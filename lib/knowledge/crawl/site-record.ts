import { and, asc, eq, isNotNull, sql } from "drizzle-orm";
import { type PageOutcome, sitePages } from "#/drizzle/schema/site-pages.ts";
import { siteRuns } from "#/drizzle/schema/site-runs.ts";
import { sites } from "#/drizzle/schema/sites.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { nextRunAfter } from "./site-schedule.ts";

export type SitePlace = { tenantId: string; siteId: string };
export type SiteRow = typeof sites.$inferSelect;
export type PageRow = typeof sitePages.$inferSelect;
/** A site whose run this process works on; `claim` is what proves it. */
export type HeldSite = SiteRow & { claim: string };

/** Longer than a page may take, with the pause before it. */
const HOLD_SECONDS = 90;
const ROWS_AN_INSERT = 500;

/** Takes a site's run up, or begins the one that is due; undefined where there is nothing to do. */
export function takeSite(db: Database, { tenantId, siteId }: SitePlace): Promise<HeldSite | undefined> {
  return withTenant(db, tenantId, async (tx) => {
    const [site] = await tx.select().from(sites).where(eq(sites.id, siteId)).for("update");
    if (!site) return undefined;
    const due = site.state === "idle" && site.nextRunAt !== null && site.nextRunAt <= new Date();
    if (site.state === "idle" && !due) return undefined;
    const claim = crypto.randomUUID();
    const run = due ? site.run + 1 : site.run;
    if (due) await tx.insert(siteRuns).values({ tenantId, siteId, number: run, reason: "schedule" });
    const held = {
      state: "running" as const,
      run,
      claim,
      claimedUntil: holdEnd(),
      attempts: site.attempts + 1,
    };
    const [taken] = await tx.update(sites).set(held).where(eq(sites.id, siteId)).returning();
    return taken ? { ...taken, claim } : undefined;
  });
}

function holdEnd() {
  return sql`clock_timestamp() + make_interval(secs => ${HOLD_SECONDS})`;
}

/** Runs `work` if the site is still ours and nobody asked to stop; says which it is. */
export function whileHeld<T>(
  db: Database,
  site: HeldSite,
  work: (tx: TenantTransaction) => Promise<T>,
): Promise<{ held: true; value: T } | { held: false; cancelled: boolean }> {
  return withTenant(db, site.tenantId, async (tx) => {
    const [row] = await tx
      .update(sites)
      .set({ claimedUntil: holdEnd() })
      .where(and(eq(sites.id, site.id), eq(sites.claim, site.claim)))
      .returning({ cancelRequested: sites.cancelRequested });
    if (!row || row.cancelRequested) return { held: false, cancelled: row?.cancelRequested ?? false };
    return { held: true, value: await work(tx) };
  });
}

export type FoundPage = { url: string; depth: number; foundOn: string | null };

/** Notes addresses for this run. One that is known is visited again; past the site's limit no new one is taken. */
export async function notePages(
  tx: TenantTransaction,
  site: HeldSite,
  found: readonly FoundPage[],
): Promise<void> {
  const [row] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(sitePages)
    .where(and(eq(sitePages.siteId, site.id), eq(sitePages.run, site.run)));
  const room = Math.max(0, site.mostPages - (row?.count ?? 0));
  const fresh = await unseen(tx, site, found);
  const rows = fresh
    .slice(0, room)
    .map((page) => ({ ...page, tenantId: site.tenantId, siteId: site.id, run: site.run }));
  for (let from = 0; from < rows.length; from += ROWS_AN_INSERT)
    await tx
      .insert(sitePages)
      .values(rows.slice(from, from + ROWS_AN_INSERT))
      .onConflictDoUpdate({
        target: [sitePages.tenantId, sitePages.siteId, sitePages.url],
        set: {
          run: site.run,
          state: "waiting",
          depth: sql`excluded.depth`,
          foundOn: sql`excluded.found_on`,
          outcome: null,
          cause: null,
        },
        setWhere: sql`${sitePages.run} < ${site.run}`,
      });
}

async function unseen(
  tx: TenantTransaction,
  site: HeldSite,
  found: readonly FoundPage[],
): Promise<FoundPage[]> {
  const byUrl = new Map(found.map((page) => [page.url, page]));
  if (byUrl.size === 0) return [];
  const known = await tx
    .select({ url: sitePages.url })
    .from(sitePages)
    .where(
      and(
        eq(sitePages.siteId, site.id),
        eq(sitePages.run, site.run),
        sql`${sitePages.url} = any(${sql.param([...byUrl.keys()])}::text[])`,
      ),
    );
  for (const { url } of known) byUrl.delete(url);
  return [...byUrl.values()];
}

/** Pages that gave a document in an earlier run: they are visited in every run, linked to or not. */
export function documentedPages(tx: TenantTransaction, site: HeldSite): Promise<FoundPage[]> {
  return tx
    .select({ url: sitePages.url, depth: sitePages.depth, foundOn: sitePages.foundOn })
    .from(sitePages)
    .where(and(eq(sitePages.siteId, site.id), isNotNull(sitePages.documentId)))
    .orderBy(asc(sitePages.depth), asc(sitePages.id));
}

/** The next address to fetch, the nearest to the start first. */
export async function nextPage(tx: TenantTransaction, site: HeldSite): Promise<PageRow | undefined> {
  const [page] = await tx
    .select()
    .from(sitePages)
    .where(and(eq(sitePages.siteId, site.id), eq(sitePages.run, site.run), eq(sitePages.state, "waiting")))
    .orderBy(asc(sitePages.depth), asc(sitePages.id))
    .limit(1);
  return page;
}

export type PageEnd = { outcome: PageOutcome; cause?: string; status?: number | undefined } & Partial<
  Pick<PageRow, "etag" | "lastModified" | "links" | "documentId">
>;

/** Notes what became of a page, and counts it in the run. */
export async function settlePage(
  tx: TenantTransaction,
  site: HeldSite,
  page: PageRow,
  end: PageEnd,
): Promise<void> {
  await tx
    .update(sitePages)
    .set({
      ...end,
      cause: end.cause ?? null,
      status: end.status ?? null,
      state: "done",
      fetchedAt: new Date(),
    })
    .where(eq(sitePages.id, page.id));
  const counter = siteRuns[end.outcome];
  await tx
    .update(siteRuns)
    .set({ pages: sql`${siteRuns.pages} + 1`, [end.outcome]: sql`${counter} + 1` })
    .where(and(eq(siteRuns.siteId, site.id), eq(siteRuns.number, site.run)));
}

export type RunEnd = { outcome: "finished" | "cancelled" | "failed"; cause?: string };

/** Ends the run and says when the next one is due; nothing where the site is no longer ours. */
export function endRun(db: Database, site: HeldSite, end: RunEnd): Promise<void> {
  const endedAt = new Date();
  return withTenant(db, site.tenantId, async (tx) => {
    const [ended] = await tx
      .update(sites)
      .set({
        state: "idle",
        claim: null,
        claimedUntil: null,
        cancelRequested: false,
        attempts: 0,
        cause: null,
        nextRunAt: nextRunAfter(site.schedule, endedAt),
      })
      .where(and(eq(sites.id, site.id), eq(sites.claim, site.claim)))
      .returning({ id: sites.id });
    if (!ended) return;
    await tx
      .update(siteRuns)
      .set({ endedAt, outcome: end.outcome, cause: end.cause ?? null })
      .where(and(eq(siteRuns.siteId, site.id), eq(siteRuns.number, site.run)));
  });
}

/** Leaves a run to whoever comes next, after a pause. */
export function leaveRun(
  db: Database,
  site: HeldSite,
  pause: { seconds: number; cause: string | null },
): Promise<void> {
  return withTenant(db, site.tenantId, async (tx) => {
    const claimedUntil = sql`clock_timestamp() + make_interval(secs => ${pause.seconds})`;
    await tx
      .update(sites)
      .set({ claim: null, claimedUntil, cause: pause.cause })
      .where(and(eq(sites.id, site.id), eq(sites.claim, site.claim)));
  });
}
