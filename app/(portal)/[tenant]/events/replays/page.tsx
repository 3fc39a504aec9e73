import type { Metadata } from "next";
import { CancelReplay } from "#/components/inspector/cancel-replay.tsx";
import { InspectorTabs } from "#/components/inspector/inspector-tabs.tsx";
import { ReplayList } from "#/components/inspector/replay-list.tsx";
import { LiveRefresh } from "#/components/live/live-refresh.tsx";
import { EmptyState } from "#/components/ui/empty-state.tsx";
import { PageHeader } from "#/components/ui/page-header.tsx";
import { listReplays } from "#/lib/inspector/replay-many.ts";
import { may } from "#/lib/tenancy/permissions.ts";
import { database } from "#/lib/web/database.ts";
import { requireTenant } from "#/lib/web/require-tenant.ts";
import { cancelReplayAction } from "../actions.ts";

export const metadata: Metadata = { title: "Replays" };

export default async function ReplaysPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant: slug } = await params;
  const tenant = await requireTenant(slug, "events:read");
  const replays = await listReplays(database(), tenant.id);
  const moving = replays.some(({ state, atWork }) => state === "running" || atWork > 0);

  return (
    <>
      <PageHeader
        title="Event Inspector"
        hint="Replays of many events: each event is worked on again once, however often a process ends over it."
        actions={<LiveRefresh standing={!moving} />}
      />
      <InspectorTabs slug={slug} />
      {replays.length === 0 ? (
        <EmptyState title="No replay yet">
          Replay a group under “Dead by cause”, or what a filter leaves under “Events”. How far it is shows
          here.
        </EmptyState>
      ) : (
        <ReplayList
          replays={replays}
          slug={slug}
          cancel={
            may(tenant.role, "events:replay")
              ? (id) => <CancelReplay action={cancelReplayAction.bind(null, slug, { id })} />
              : undefined
          }
        />
      )}
    </>
  );
}
