"use client";

import Link from "next/link";
import { Card, CardHeader, Facts } from "#/components/ui/card.tsx";
import { RelativeTime } from "#/components/ui/time.tsx";
import type { SiteView } from "#/lib/knowledge/crawl/read-sites.ts";
import { ProgressBar } from "./progress-bar.tsx";
import { isAtWork, SiteStateBadge } from "./site-state.tsx";
import { useRefreshWhile } from "./use-refresh-while.ts";

const SCHEDULE_WORDS = { off: "only when asked", daily: "daily", weekly: "weekly" };

/** How a site is now; while it is read, how far. */
export function SiteFacts({ site, documentsPath }: { site: SiteView; documentsPath: string }) {
  const atWork = isAtWork(site);
  useRefreshWhile(atWork);
  const problem = atWork ? site.cause : site.lastRun?.cause;
  const done = site.lastRun?.pages ?? 0;
  return (
    <Card>
      <CardHeader title="Now" actions={<SiteStateBadge site={site} />} />
      {problem ? <p className="mb-3 text-sm text-error">{problem}</p> : null}
      {atWork ? (
        <div className="mb-3" aria-live="polite">
          <p className="mb-1.5 text-sm tabular-nums">
            {done} of {done + site.waiting} pages found so far
          </p>
          <ProgressBar done={done} total={done + site.waiting} label="Pages read" />
        </div>
      ) : null}
      <Facts
        items={[
          { term: "Start", value: <span className="break-all">{site.startUrl}</span> },
          { term: "Only below", value: site.pathPrefix },
          {
            term: "Documents",
            value: (
              <Link href={documentsPath as never} className="text-accent-text underline underline-offset-4">
                {site.documents.toLocaleString("en")}
              </Link>
            ),
          },
          { term: "Read again", value: SCHEDULE_WORDS[site.schedule] },
          { term: "Next run", value: site.nextRunAt ? <RelativeTime at={site.nextRunAt} /> : "when asked" },
          { term: "At most", value: `${site.mostPages} pages, ${site.mostDepth} links deep` },
          ...(site.lastRun?.robots ? [{ term: "Politeness", value: site.lastRun.robots }] : []),
        ]}
      />
    </Card>
  );
}
