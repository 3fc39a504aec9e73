import { setTimeout as sleep } from "node:timers/promises";
import { and, eq } from "drizzle-orm";
import { siteRuns } from "#/drizzle/schema/site-runs.ts";
import type { Database } from "#/lib/db/database.ts";
import type { Outbound } from "#/lib/outbound/outbound.ts";
import { type Robots, readRobots } from "./read-robots.ts";
import { readSiteMaps } from "./read-site-map.ts";
import {
  documentedPages,
  endRun,
  type HeldSite,
  leaveRun,
  nextPage,
  notePages,
  type SitePlace,
  takeSite,
  whileHeld,
} from "./site-record.ts";
import { siteUrl } from "./site-scope.ts";
import { visitPage } from "./visit-page.ts";

export type CrawlDeps = {
  db: Database;
  outbound: Outbound;
  /** The pause before each page; tests make it short. */
  pause?: (ms: number, signal: AbortSignal) => Promise<unknown>;
};

export type CrawlEnd = "finished" | "cancelled" | "failed" | "left" | "nothing";

const MOST_ATTEMPTS = 20;
const ROBOTS_ATTEMPTS = 3;
const ROBOTS_PAUSE_SECONDS = 20;

/**
 * Works through a site's run, page by page, until nothing waits. Everything it knows is in Postgres: where this
 * process ends in the middle, another takes the run up at the next page.
 */
export async function crawlSite(deps: CrawlDeps, place: SitePlace, signal: AbortSignal): Promise<CrawlEnd> {
  const site = await takeSite(deps.db, place);
  if (!site) return "nothing";
  if (site.cancelRequested) return end(deps, site, "cancelled");
  if (site.attempts > MOST_ATTEMPTS)
    return end(
      deps,
      site,
      "failed",
      "Its crawl was interrupted again and again. See the log of the jobs process.",
    );
  const asked = await readRobots(deps.outbound, site.startUrl);
  if ("unreachable" in asked) return retryLater(deps, site, asked.unreachable);
  const { robots } = asked;
  if (!robots.allows(site.startUrl))
    return end(deps, site, "failed", "The site's robots.txt does not allow its start page to be fetched.");
  if (!(await seed(deps, site, robots))) return stopped(deps, site);
  return walk(deps, site, { robots, signal });
}

/** Notes where to begin. A run that is taken up has done so before; then this adds nothing. */
async function seed({ db, outbound }: CrawlDeps, site: HeldSite, robots: Robots): Promise<boolean> {
  const start = { url: siteUrl(site.startUrl) ?? site.startUrl, depth: 0, foundOn: null };
  const mapped = await readSiteMaps(outbound, {
    scope: site,
    siteMaps: robots.siteMaps,
    most: site.mostPages,
  });
  const seeded = await whileHeld(db, site, async (tx) => {
    await tx
      .update(siteRuns)
      .set({ robots: robots.words })
      .where(and(eq(siteRuns.siteId, site.id), eq(siteRuns.number, site.run)));
    const known = await documentedPages(tx, site);
    await notePages(tx, site, [start, ...known, ...mapped.map((url) => ({ url, depth: 1, foundOn: null }))]);
  });
  return seeded.held;
}

type Walk = { robots: Robots; signal: AbortSignal };

async function walk(deps: CrawlDeps, site: HeldSite, { robots, signal }: Walk): Promise<CrawlEnd> {
  const pause = deps.pause ?? ((ms: number) => sleep(ms, undefined, { signal }).catch(() => undefined));
  for (;;) {
    const next = await whileHeld(deps.db, site, (tx) => nextPage(tx, site));
    if (!next.held) return next.cancelled ? end(deps, site, "cancelled") : "left";
    if (!next.value) return end(deps, site, "finished");
    await pause(robots.delayMs, signal);
    if (signal.aborted) {
      await leaveRun(deps.db, site, { seconds: 0, cause: null });
      return "left";
    }
    await visitPage(deps, site, { page: next.value, robots, signal });
  }
}

async function end(
  { db }: CrawlDeps,
  site: HeldSite,
  outcome: "finished" | "cancelled" | "failed",
  cause?: string,
): Promise<CrawlEnd> {
  await endRun(db, site, cause === undefined ? { outcome } : { outcome, cause });
  return outcome;
}

/** A site that is away for a moment is asked again before the run is given up. */
async function retryLater(deps: CrawlDeps, site: HeldSite, cause: string): Promise<CrawlEnd> {
  if (site.attempts >= ROBOTS_ATTEMPTS) return end(deps, site, "failed", cause);
  await leaveRun(deps.db, site, { seconds: ROBOTS_PAUSE_SECONDS, cause: `${cause} It is asked again.` });
  return "left";
}

async function stopped(deps: CrawlDeps, site: HeldSite): Promise<CrawlEnd> {
  const state = await whileHeld(deps.db, site, async () => undefined);
  return !state.held && state.cancelled ? end(deps, site, "cancelled") : "left";
}
