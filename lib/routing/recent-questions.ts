import { sql } from "drizzle-orm";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";

export type RecentQuestion = { text: string; at: Date; answered: boolean };

/** Newest turns that are looked at; a queue that nobody has asked anything lately has none to offer. */
const LOOKED_AT = 2_000;
const MOST = 8;

/** What customers really asked, newest first, each text once; of one queue, of one connection, or of the tenant. */
export function recentQuestions(
  db: Database,
  tenantId: string,
  place: { connectionId?: string | undefined; queueId?: string | undefined },
): Promise<RecentQuestion[]> {
  const connection = place.connectionId ? sql`and e.connection_id = ${place.connectionId}` : sql``;
  const queue = place.queueId ? sql`and c.queue_id = ${place.queueId}` : sql``;
  return withTenant(db, tenantId, async (tx) => {
    const rows = await tx.execute<{ text: string | null; at: string; answered: boolean }>(sql`
      select coalesce(s.body->>'question', e.data->>'text') as text, e.stored_at as at, s.id is not null as answered
      from (
        select e.id, e.conversation_id, e.data, e.stored_at, e.outcome from events e
        where e.tenant_id = ${tenantId} ${connection} and e.type = 'utterance'
        order by e.stored_at desc limit ${LOOKED_AT}
      ) e
      join conversations c on c.id = e.conversation_id
      left join lateral (select id, body from suggestions s where s.event_id = e.id limit 1) s on true
      where (s.id is not null or e.outcome like 'no source%') ${queue}
      order by e.stored_at desc limit ${4 * MOST}`);
    const questions = rows.flatMap(({ text, at, answered }) =>
      text ? [{ text, at: new Date(at), answered }] : [],
    );
    return [...new Map(questions.reverse().map((one) => [one.text.toLowerCase(), one])).values()]
      .reverse()
      .slice(0, MOST);
  });
}
