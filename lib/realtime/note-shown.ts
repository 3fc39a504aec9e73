import { sql } from "drizzle-orm";
import type { TenantTransaction } from "#/lib/db/database.ts";

/** What has just reached a screen; the event and the wait are there where it was an event's answer. */
export type Shown = { conversation_id: string; event_id: string | null; waited: number | null };

const LONGEST_WAIT_MS = 2_147_483_647;

/**
 * Carries to the figures that a widget showed something. Not in the transaction that notes the painting: that one
 * holds events, and who settles an event takes its conversation next. Who finds a conversation locked leaves the
 * word to the next message.
 */
export async function noteShown(tx: TenantTransaction, shown: readonly Shown[]): Promise<void> {
  if (shown.length === 0) return;
  const waits = shown.filter(({ event_id, waited }) => event_id !== null && waited !== null);
  await tx.execute(sql`
    WITH wait AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(waits)}::jsonb) AS w (event_id uuid, waited float8)
    ), target AS (
      SELECT a.event_id FROM answers a JOIN wait USING (event_id) ORDER BY a.event_id FOR UPDATE OF a
    )
    UPDATE answers a SET painted_ms = greatest(0, least(wait.waited, ${LONGEST_WAIT_MS}))::int
    FROM wait JOIN target USING (event_id) WHERE a.event_id = wait.event_id`);
  const ids = JSON.stringify([...new Set(shown.map(({ conversation_id }) => conversation_id))]);
  await tx.execute(sql`
    UPDATE conversations SET widget_at = now() WHERE id IN (
      SELECT id FROM conversations WHERE widget_at IS NULL
        AND id IN (SELECT jsonb_array_elements_text(${ids}::jsonb)::uuid) FOR UPDATE SKIP LOCKED)`);
}
