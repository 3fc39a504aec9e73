import type { Metadata } from "next";
import { DeadGroups, groupFilter } from "#/components/inspector/dead-groups.tsx";
import { InspectorTabs } from "#/components/inspector/inspector-tabs.tsx";
import { ReplayMany } from "#/components/inspector/replay-many.tsx";
import { LiveRefresh } from "#/components/live/live-refresh.tsx";
import { EmptyState } from "#/components/ui/empty-state.tsx";
import { PageHeader } from "#/components/ui/page-header.tsx";
import { readDeadGroups } from "#/lib/inspector/read-dead-groups.ts";
import { may } from "#/lib/tenancy/permissions.ts";
import { database } from "#/lib/web/database.ts";
import { requireTenant } from "#/lib/web/require-tenant.ts";
import { countReplayAction, startReplayAction } from "../actions.ts";

export const metadata: Metadata = { title: "Dead events by cause" };

const SLOW_REFRESH_MS = 10_000;

export default async function DeadPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant: slug } = await params;
  const tenant = await requireTenant(slug, "events:read");
  const groups = await readDeadGroups(database(), tenant.id);
  const mayReplay = may(tenant.role, "events:replay");

  return (
    <>
      <PageHeader
        title="Event Inspector"
        hint="What failed for good, by cause. Mend the cause, then replay the group."
        actions={<LiveRefresh everyMs={SLOW_REFRESH_MS} />}
      />
      <InspectorTabs slug={slug} />
      {groups.length === 0 ? (
        <EmptyState title="Nothing is dead">
          An event that fails six times, or that no attempt could mend, shows here with its cause until it is
          replayed.
        </EmptyState>
      ) : (
        <DeadGroups
          groups={groups}
          slug={slug}
          replay={
            mayReplay
              ? (group) => (
                  <ReplayMany
                    label={`Replay ${group.count.toLocaleString("en")}…`}
                    count={countReplayAction.bind(null, slug, { filter: groupFilter(group) })}
                    start={startReplayAction.bind(null, slug, { filter: groupFilter(group) })}
                    progressHref={`/${slug}/events/replays`}
                  />
                )
              : undefined
          }
        />
      )}
    </>
  );
}
