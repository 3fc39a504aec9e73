import { ActivityTables } from "#/components/integrations/activity-tables.tsx";
import { LiveRefresh } from "#/components/live/live-refresh.tsx";
import { listActivity } from "#/lib/integrations/list-activity.ts";
import { database } from "#/lib/web/database.ts";
import { type ConnectionParams, connectionOf } from "../connection.ts";

export default async function ActivityPage({ params }: ConnectionParams) {
  const { tenant: slug, connection: id } = await params;
  const { tenant } = await connectionOf(slug, id);
  const activity = await listActivity(database(), tenant.id, id);
  return (
    <>
      <div className="mb-2 flex items-center justify-between gap-3">
        <p className="text-sm text-muted">The last 50 of each, as they come in.</p>
        <LiveRefresh everyMs={3_000} />
      </div>
      <ActivityTables {...activity} eventsPath={`/${slug}/events`} sandboxPath={`/${slug}/sandbox`} />
    </>
  );
}
