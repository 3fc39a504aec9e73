import { sql } from "drizzle-orm";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";

/** What a connection has brought and what hangs on it: all of it goes when it is deleted. */
export type ConnectionContents = {
  conversations: number;
  events: number;
  suggestions: number;
  summaries: number;
  deliveries: number;
  mappings: number;
  queues: number;
  checks: number;
};

/** Counted when somebody asks what a deletion takes; not for a page that is opened all day. */
export function countContents(
  db: Database,
  tenantId: string,
  connectionId: string,
): Promise<ConnectionContents> {
  return withTenant(db, tenantId, async (tx) => {
    const [row] = await tx.execute<ConnectionContents>(sql`
      select
        (select count(*)::int from conversations where connection_id = ${connectionId}) as conversations,
        (select count(*)::int from events where connection_id = ${connectionId}) as events,
        (select count(*)::int from suggestions s join conversations c on c.id = s.conversation_id
          where c.connection_id = ${connectionId}) as suggestions,
        (select count(*)::int from summaries s join conversations c on c.id = s.conversation_id
          where c.connection_id = ${connectionId}) as summaries,
        (select count(*)::int from deliveries where connection_id = ${connectionId}) as deliveries,
        (select count(*)::int from queue_mappings where connection_id = ${connectionId}) as mappings,
        (select count(*)::int from platform_queues where connection_id = ${connectionId}) as queues,
        (select count(*)::int from connection_checks where connection_id = ${connectionId}) as checks`);
    if (!row) throw new Error("a count returned no row");
    return row;
  });
}
