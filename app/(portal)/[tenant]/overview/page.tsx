import type { Metadata } from "next";
import { Suspense } from "react";
import { LiveRefresh } from "#/components/live/live-refresh.tsx";
import { Counters } from "#/components/overview/counters.tsx";
import { LatestSuggestions } from "#/components/overview/latest-suggestions.tsx";
import { SetUpList } from "#/components/overview/set-up-list.tsx";
import { WeekCard } from "#/components/overview/week-card.tsx";
import { PageHeader } from "#/components/ui/page-header.tsx";
import { Skeleton } from "#/components/ui/skeleton.tsx";
import { periodOf } from "#/lib/analytics/analytics-range.ts";
import { readAnalytics } from "#/lib/analytics/read-analytics.ts";
import { readOverview } from "#/lib/inspector/read-overview.ts";
import { may } from "#/lib/tenancy/permissions.ts";
import { database } from "#/lib/web/database.ts";
import { requireTenant, type TenantAccess } from "#/lib/web/require-tenant.ts";
import { webEnv } from "#/lib/web/web-env.ts";
import { readerZone } from "../analytics/reader-zone.ts";

export const metadata: Metadata = { title: "Overview" };

const REFRESH_MS = 5_000;

export default async function OverviewPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant: slug } = await params;
  const tenant = await requireTenant(slug, "overview:read");
  const { counts, setUp, latest } = await readOverview(database(), tenant.id);
  const eventsHref = may(tenant.role, "events:read") ? `/${slug}/events` : undefined;
  const sandbox = webEnv().SANDBOX === "on" && may(tenant.role, "sandbox:use");
  return (
    <>
      <PageHeader
        title="Overview"
        hint="The last 24 hours, and what is left to set up."
        actions={<LiveRefresh everyMs={REFRESH_MS} />}
      />
      <div className="flex flex-col gap-6">
        <Counters counts={counts} eventsHref={eventsHref} />
        <SetUpList progress={setUp} slug={slug} sandbox={sandbox} />
        {may(tenant.role, "analytics:read") && setUp.firstEvent ? (
          <Suspense fallback={<Skeleton height="15rem" />}>
            <Week tenant={tenant} />
          </Suspense>
        ) : null}
        <LatestSuggestions latest={latest} eventsHref={eventsHref} />
      </div>
    </>
  );
}

async function Week({ tenant }: { tenant: TenantAccess }) {
  const period = periodOf("7d", await readerZone(), Date.now());
  const analytics = await readAnalytics(database(), tenant.id, period);
  return <WeekCard analytics={analytics} analyticsHref={`/${tenant.slug}/analytics`} />;
}
