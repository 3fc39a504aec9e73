import { sql } from "drizzle-orm";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { noteShown, type Shown } from "./note-shown.ts";
import type { Place } from "./rooms.ts";

/** One message on one widget's screen; times in milliseconds, already on the server's clock. */
export type Painted = { place: Place; seq: number; receivedAt: number; paintedAt: number };

/**
 * Notes when messages reached a screen. The first widget of a conversation wins. An event's trail gets the
 * times of its card, where it has one, and of its transcript line else. A widget's clock is only a claim:
 * its times are held between emission and now.
 */
export async function recordPainted(db: Database, painted: readonly Painted[]): Promise<void> {
  for (const [tenantId, ofTenant] of Map.groupBy(painted, ({ place }) => place.tenantId)) {
    const items = JSON.stringify(
      ofTenant.map(({ place, seq, receivedAt, paintedAt }) => ({
        connection: place.connectionId,
        conversation: place.platformConversationId,
        seq,
        received: receivedAt,
        painted: paintedAt,
      })),
    );
    const shown = await withTenant(db, tenantId, (tx) => tx.execute<Shown>(RECORD(items)));
    await withTenant(db, tenantId, (tx) => noteShown(tx, shown));
  }
}

/**
 * Rows are locked in one order, or two nodes with overlapping batches could wait for each other.
 * The casts carry milliseconds: `extract(epoch …)` answers seconds.
 */
const RECORD = (items: string) => sql`
  WITH claim AS (
    SELECT c.id AS conversation_id, i.seq, min(i.received) AS received, min(i.painted) AS painted
    FROM jsonb_to_recordset(${items}::jsonb)
      AS i (connection uuid, conversation text, seq int, received double precision, painted double precision)
    JOIN conversations c ON c.connection_id = i.connection AND c.platform_conversation_id = i.conversation
    GROUP BY 1, 2
  ), fresh AS (
    SELECT m.id, claim.received, claim.painted FROM durable_messages m
    JOIN claim ON claim.conversation_id = m.conversation_id AND claim.seq = m.seq
    WHERE m.painted_at IS NULL ORDER BY m.id FOR UPDATE OF m
  ), noted AS (
    UPDATE durable_messages m SET
      acknowledged_at = greatest(m.emitted_at, least(clock_timestamp(), to_timestamp(fresh.received / 1000))),
      painted_at = greatest(m.emitted_at, least(clock_timestamp(), to_timestamp(fresh.painted / 1000)))
    FROM fresh WHERE m.id = fresh.id
    RETURNING m.conversation_id, m.event_id, m.body->>'kind' IN ('suggestion', 'no-source') AS answer, m.acknowledged_at, m.painted_at
  ), stage AS (
    SELECT DISTINCT ON (event_id) event_id, answer,
      to_jsonb(round(extract(epoch FROM acknowledged_at) * 1000)) AS acknowledged,
      to_jsonb(round(extract(epoch FROM painted_at) * 1000)) AS painted
    FROM noted WHERE event_id IS NOT NULL ORDER BY event_id, answer DESC, painted_at
  ), target AS (
    SELECT e.id FROM events e JOIN stage ON stage.event_id = e.id ORDER BY e.id FOR UPDATE OF e
  ), traced AS (
    UPDATE events e SET trail = jsonb_set(e.trail, '{at}',
      (e.trail->'at') || jsonb_build_object('acknowledged', stage.acknowledged, 'painted', stage.painted))
    FROM stage JOIN target ON target.id = stage.event_id
    WHERE e.id = stage.event_id AND (stage.answer OR NOT (e.trail->'at') ? 'painted')
    RETURNING e.id, stage.answer, e.generation,
      round((e.trail->'at'->>'painted')::float8 - (e.trail->'at'->>'received')::float8) AS waited
  )
  SELECT DISTINCT noted.conversation_id, traced.id AS event_id, traced.waited
  FROM noted LEFT JOIN traced ON traced.id = noted.event_id AND traced.answer AND traced.generation = 0
`;
