import type { Metadata } from "next";
import { Suspense } from "react";
import { FigureCharts } from "#/components/analytics/figure-charts.tsx";
import { FigureStrip } from "#/components/analytics/figure-strip.tsx";
import { FigureTable } from "#/components/analytics/figure-table.tsx";
import { GapList } from "#/components/analytics/gap-list.tsx";
import { PeriodSwitch } from "#/components/analytics/period-switch.tsx";
import { ReaderZone } from "#/components/live/reader-zone.tsx";
import { PageHeader } from "#/components/ui/page-header.tsx";
import { SkeletonRows } from "#/components/ui/skeleton.tsx";
import { ANALYTICS_RANGES, type Period, parseRange, periodOf } from "#/lib/analytics/analytics-range.ts";
import { readAnalytics } from "#/lib/analytics/read-analytics.ts";
import { readGaps } from "#/lib/analytics/read-gaps.ts";
import { may } from "#/lib/tenancy/permissions.ts";
import { database } from "#/lib/web/database.ts";
import { requireTenant, type TenantAccess } from "#/lib/web/require-tenant.ts";
import { readerZone } from "./reader-zone.ts";

export const metadata: Metadata = { title: "Analytics" };

type AnalyticsPageProps = {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<{ range?: string | string[] }>;
};

export default async function AnalyticsPage({ params, searchParams }: AnalyticsPageProps) {
  const [{ tenant: slug }, query] = await Promise.all([params, searchParams]);
  const tenant = await requireTenant(slug, "analytics:read");
  const range = parseRange([query.range].flat()[0]);
  const period = periodOf(range, await readerZone(), Date.now());
  const { total, adoption, steps, queues, agents } = await readAnalytics(database(), tenant.id, period);
  const path = `/${slug}/analytics`;
  const conversations = may(tenant.role, "conversations:read") ? `/${slug}/conversations` : undefined;
  const ofRange = conversations && `${conversations}?range=${range}`;
  const csv = (table: string) => `${path}/export?table=${table}&range=${range}`;
  return (
    <>
      <ReaderZone known={period.zone} />
      <PageHeader
        title="Analytics"
        hint={`What agents had of the product in ${ANALYTICS_RANGES[range].words}. Days begin at midnight in ${period.zone}.`}
        actions={<PeriodSwitch path={path} current={range} />}
      />
      <div className="flex flex-col gap-6">
        <FigureStrip total={total} adoption={adoption} conversationsHref={ofRange} />
        <FigureCharts steps={steps} conversationsHref={conversations} />
        <p className="-mt-3 text-sm text-muted">
          Time to suggestion: from the customer’s words to the card on the agent’s screen, or to its sending
          where no widget told.{" "}
          <a href={csv("time")} className="text-accent-text underline underline-offset-2">
            Export the charts as CSV
          </a>
        </p>
        <FigureTable of="queue" rows={queues} conversationsHref={ofRange} exportHref={csv("queues")} />
        <FigureTable of="agent" rows={agents} conversationsHref={ofRange} exportHref={csv("agents")} />
        <Suspense key={range} fallback={<SkeletonRows rows={8} label="Grouping questions" />}>
          <Gaps tenant={tenant} period={period} exportHref={csv("gaps")} />
        </Suspense>
      </div>
    </>
  );
}

type GapsProps = { tenant: TenantAccess; period: Period; exportHref: string };

async function Gaps({ tenant, period, exportHref }: GapsProps) {
  return (
    <GapList
      gaps={await readGaps(database(), tenant.id, period)}
      slug={tenant.slug}
      exportHref={exportHref}
      may={{
        readConversations: may(tenant.role, "conversations:read"),
        readKnowledge: may(tenant.role, "knowledge:read"),
        writeKnowledge: may(tenant.role, "knowledge:write"),
      }}
    />
  );
}
