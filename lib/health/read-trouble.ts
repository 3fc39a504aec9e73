import { sql } from "drizzle-orm";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";

/** Something of which there are some, the oldest of them since then. */
export type Counted = { count: number; since: string | undefined };

/** What waits for a person of this tenant: failed for good and neither replayed nor mended. */
export type Trouble = { deadEvents: Counted; deadDeliveries: Counted; failedDocuments: Counted };

type Row = {
  events: number;
  events_since: string | null;
  deliveries: number;
  deliveries_since: string | null;
  documents: number;
  documents_since: string | null;
};

/** Of the last seven days: what is older has been looked at or never will be. */
const DAYS = 7;

export function readTrouble(db: Database, tenantId: string): Promise<Trouble> {
  return withTenant(db, tenantId, async (tx) => {
    const [row] = await tx.execute<Row>(sql`
      SELECT e.n AS events, e.since AS events_since, d.n AS deliveries, d.since AS deliveries_since,
        o.n AS documents, o.since AS documents_since
      FROM (SELECT count(*)::int AS n, min(stored_at) AS since FROM events
          WHERE state = 'dead' AND stored_at > now() - make_interval(days => ${DAYS})) e,
        (SELECT count(*)::int AS n, min(stored_at) AS since FROM deliveries
          WHERE state = 'dead' AND stored_at > now() - make_interval(days => ${DAYS})) d,
        (SELECT count(*)::int AS n, min(updated_at) AS since FROM documents WHERE state = 'failed') o`);
    return {
      deadEvents: counted(row?.events, row?.events_since),
      deadDeliveries: counted(row?.deliveries, row?.deliveries_since),
      failedDocuments: counted(row?.documents, row?.documents_since),
    };
  });
}

function counted(count: number | undefined, since: string | null | undefined): Counted {
  return { count: count ?? 0, since: since ? new Date(since).toISOString() : undefined };
}
