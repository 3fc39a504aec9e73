import type { Metadata } from "next";
import { ConnectionTable } from "#/components/health/connection-table.tsx";
import { HealthCharts } from "#/components/health/health-charts.tsx";
import { NowFigures } from "#/components/health/now-figures.tsx";
import { ProblemList } from "#/components/health/problem-list.tsx";
import { RangeSwitch } from "#/components/health/range-switch.tsx";
import { ServiceTable } from "#/components/health/service-table.tsx";
import { LiveRefresh } from "#/components/live/live-refresh.tsx";
import { PageHeader } from "#/components/ui/page-header.tsx";
import { orElse } from "#/lib/health/probe-dependencies.ts";
import { readGauges } from "#/lib/health/process-history.ts";
import { HEALTH_RANGES, type HealthRange, readSeries } from "#/lib/health/read-series.ts";
import { rememberFor } from "#/lib/health/remember-for.ts";
import { readQuota } from "#/lib/integrations/quota.ts";
import { may } from "#/lib/tenancy/permissions.ts";
import { database } from "#/lib/web/database.ts";

import { redis } from "#/lib/web/redis.ts";
import { requireTenant } from "#/lib/web/require-tenant.ts";
import { readHealth } from "./health-facts.ts";

export const metadata: Metadata = { title: "Service Health" };

type HealthPageProps = {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** The page is read again every two seconds; the wider a chart's points, the longer its figures stand. */
const SERIES_KEPT_MS: Record<HealthRange, number> = {
  "1h": 5_000,
  "24h": 20_000,
  "7d": 60_000,
  "30d": 120_000,
};

export default async function HealthPage({ params, searchParams }: HealthPageProps) {
  const [{ tenant: slug }, query] = await Promise.all([params, searchParams]);
  const tenant = await requireTenant(slug, "health:read");
  const range = rangeOf(query.range);
  const [health, { series, gauges }] = await Promise.all([
    readHealth(tenant.id),
    readCharts(tenant.id, range),
  ]);
  const ids = health.connections.map(({ id }) => id);
  const quotas = await orElse(readQuota(redis(), ids), new Map());
  const eventsHref = may(tenant.role, "events:read") ? `/${slug}/events` : undefined;

  return (
    <>
      <PageHeader
        title="Service Health"
        hint="What needs you first, then how every part does."
        actions={<LiveRefresh />}
      />
      <div className="flex flex-col gap-6">
        <ProblemList problems={health.problems} slug={slug} />
        <NowFigures connections={health.connections} processes={health.processes} />
        <ServiceTable {...health} services={health.services ?? []} />
        <ConnectionTable
          connections={health.connections}
          subscriptions={health.subscriptions ?? new Map()}
          quotas={quotas}
          slug={slug}
        />
        <section aria-labelledby="over-time">
          <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
            <h2 id="over-time" className="text-base font-semibold">
              Over time
            </h2>
            <RangeSwitch path={`/${slug}/health`} current={range} />
          </div>
          <HealthCharts series={series} gauges={gauges} eventsHref={eventsHref} range={range} />
        </section>
      </div>
    </>
  );
}

function rangeOf(asked: string | string[] | undefined): HealthRange {
  return typeof asked === "string" && Object.hasOwn(HEALTH_RANGES, asked) ? (asked as HealthRange) : "1h";
}

function readCharts(tenantId: string, range: HealthRange) {
  const nowMs = Date.now();
  const read = async () => {
    const [series, gauges] = await Promise.all([
      readSeries(database(), tenantId, range, nowMs),
      orElse(readGauges(database(), range, nowMs), new Map()),
    ]);
    return { series, gauges };
  };
  return rememberFor(SERIES_KEPT_MS[range], `series:${tenantId}:${range}`, read, nowMs);
}
