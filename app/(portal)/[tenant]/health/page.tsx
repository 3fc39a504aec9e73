import type { Metadata } from "next";
import { ConnectionTable } from "#/components/health/connection-table.tsx";
import { HealthCharts } from "#/components/health/health-charts.tsx";
import { LatencyTable } from "#/components/health/latency-table.tsx";
import { ProblemList } from "#/components/health/problem-list.tsx";
import { RangeSwitch } from "#/components/health/range-switch.tsx";
import { ServiceTable } from "#/components/health/service-table.tsx";
import { LiveRefresh } from "#/components/live/live-refresh.tsx";
import { Card, CardHeader } from "#/components/ui/card.tsx";
import { PageHeader } from "#/components/ui/page-header.tsx";
import { orElse } from "#/lib/health/probe-dependencies.ts";
import { readLatency } from "#/lib/health/read-latency.ts";
import { readRates } from "#/lib/health/read-rates.ts";
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

export default async function HealthPage({ params, searchParams }: HealthPageProps) {
  const [{ tenant: slug }, query] = await Promise.all([params, searchParams]);
  const tenant = await requireTenant(slug, "health:read");
  const range = query.range === "24h" ? "24h" : "1h";
  const [health, rates, latency] = await Promise.all([
    readHealth(tenant.id),
    readRates(database(), tenant.id, range),
    readLatency(database(), tenant.id, range),
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
        <ServiceTable {...health} />
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
          <HealthCharts buckets={rates} eventsHref={eventsHref} range={range} />
        </section>
        <Card>
          <CardHeader
            title="Time to each stage"
            hint="From the door to the stage. Replays are left out, and so are cards that were fetched more than a minute later."
          />
          <LatencyTable stages={latency} />
        </Card>
      </div>
    </>
  );
}
