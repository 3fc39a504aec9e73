import { sql } from "drizzle-orm";
import type { Database } from "#/lib/db/database.ts";
import type { Log } from "#/lib/kernel/log.ts";
import { type CrawlDeps, crawlSite } from "#/lib/knowledge/crawl/crawl-site.ts";
import type { SitePlace } from "#/lib/knowledge/crawl/site-record.ts";

const EVERY_MS = 1_000;
/** A crawl mostly waits, out of politeness; the pages' own work is the indexing's. */
const MOST_AT_ONCE = 4;
/** Until the crawl itself holds the site. */
const HOLD_SECONDS = 30;

/** Finds sites whose run waits, is due or was left behind, and works on a few of them side by side. */
export function startCrawlWork(deps: CrawlDeps, log: Log): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const running = new Set<Promise<unknown>>();
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> = Promise.resolve();

  const begin = (place: SitePlace) => {
    const crawl = crawlSite(deps, place, stopping.signal)
      .catch((err: unknown) => log.warn({ err, siteId: place.siteId }, "crawl interrupted"))
      .finally(() => running.delete(crawl));
    running.add(crawl);
  };
  const next = () => {
    if (stopping.signal.aborted) return;
    timer = setTimeout(() => {
      round = dueSites(deps.db, MOST_AT_ONCE - running.size)
        .then((due) => due.forEach(begin))
        .catch((err: unknown) => log.warn({ err }, "due sites not found"))
        .finally(next);
    }, EVERY_MS);
  };
  next();
  return {
    stop: async () => {
      stopping.abort();
      clearTimeout(timer);
      await round;
      await Promise.all(running);
    },
  };
}

async function dueSites(db: Database, most: number): Promise<SitePlace[]> {
  if (most <= 0) return [];
  const rows = await db.execute<{ tenant_id: string; site_id: string }>(
    sql`select * from across.due_sites(${most}, ${HOLD_SECONDS})`,
  );
  return rows.map((row) => ({ tenantId: row.tenant_id, siteId: row.site_id }));
}
