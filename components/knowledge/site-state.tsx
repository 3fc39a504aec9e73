import { StateBadge } from "#/components/ui/badge.tsx";
import type { SiteView } from "#/lib/knowledge/crawl/read-sites.ts";

/** How a site is: at work, or how its latest run ended. */
export function SiteStateBadge({
  site,
}: {
  site: Pick<SiteView, "state" | "lastRun" | "cancelRequested" | "cause">;
}) {
  if (site.cancelRequested) return <StateBadge state="busy">stopping</StateBadge>;
  if (site.state === "queued") return <StateBadge state="waiting">about to begin</StateBadge>;
  if (site.state === "running" && site.cause) return <StateBadge state="warn">waits</StateBadge>;
  if (site.state === "running") return <StateBadge state="busy">reading</StateBadge>;
  const { outcome, failed = 0 } = site.lastRun ?? {};
  if (outcome === "failed") return <StateBadge state="error">failed</StateBadge>;
  if (outcome === "cancelled") return <StateBadge state="off">stopped</StateBadge>;
  if (failed > 0) return <StateBadge state="warn">{failed} failed</StateBadge>;
  return <StateBadge state={outcome ? "ok" : "off"}>{outcome ? "up to date" : "never read"}</StateBadge>;
}

export const isAtWork = ({ state }: Pick<SiteView, "state">) => state !== "idle";
