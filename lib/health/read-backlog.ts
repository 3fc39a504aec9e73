import { sql } from "drizzle-orm";
import type { Database } from "#/lib/db/database.ts";
import { QUEUES, type QueueName } from "#/lib/queues/jobs.ts";
import type { Producers } from "#/lib/queues/producers.ts";

/** Work that is stored and unfinished, of all tenants together: numbers only. */
export type Backlog = {
  deliveries: { count: number; oldestAt: string | undefined };
  events: { count: number; oldestAt: string | undefined };
};

type Row = {
  stored_deliveries: string;
  oldest_delivery: string | null;
  pending_events: string;
  oldest_event: string | null;
};

export async function readBacklog(db: Database): Promise<Backlog> {
  const [row] = await db.execute<Row>(sql`select * from across.backlog()`);
  return {
    deliveries: { count: Number(row?.stored_deliveries ?? 0), oldestAt: iso(row?.oldest_delivery) },
    events: { count: Number(row?.pending_events ?? 0), oldestAt: iso(row?.oldest_event) },
  };
}

export type QueueHealth = { name: QueueName; waiting: number; active: number };

/** The queues in Redis: announcements of stored work, not the work itself. */
export function readQueues(producers: Pick<Producers, "queue">): Promise<QueueHealth[]> {
  return Promise.all(
    (Object.keys(QUEUES) as QueueName[]).map(async (name) => {
      const counts = await producers.queue(name).getJobCounts("waiting", "active", "delayed");
      return { name, waiting: (counts.waiting ?? 0) + (counts.delayed ?? 0), active: counts.active ?? 0 };
    }),
  );
}

function iso(value: string | null | undefined): string | undefined {
  return value ? new Date(value).toISOString() : undefined;
}
