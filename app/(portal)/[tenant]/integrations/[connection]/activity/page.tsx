import { ActivityTables } from "#/components/integrations/activity-tables.tsx";
import { listActivity } from "#/lib/integrations/list-activity.ts";
import { database } from "#/lib/web/database.ts";
import { type ConnectionParams, connectionOf } from "../connection.ts";

export default async function ActivityPage({ params }: ConnectionParams) {
  const { tenant: slug, connection: id } = await params;
  const { tenant } = await connectionOf(slug, id);
  const activity = await listActivity(database(), tenant.id, id);
  return <ActivityTables {...activity} eventsPath={`/${slug}/events`} sandboxPath={`/${slug}/sandbox`} />;
}
