import { sql } from "drizzle-orm";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { searchWords } from "#/lib/redaction/search-words.ts";

const PAGE = 500;

/** The words of deliveries that nobody could read; events' own are kept where they are stored. */
export async function tellUnreadDeliveries(db: Database): Promise<number> {
  const rows = await db.execute<{ tenant_id: string; delivery_id: string }>(
    sql`select * from across.untold_deliveries(${PAGE})`,
  );
  for (const [tenantId, ids] of byTenant(rows.map((row) => [row.tenant_id, row.delivery_id])))
    await withTenant(db, tenantId, async (tx) => {
      const found = await tx.execute<{ id: string; payload: unknown; reason: string | null }>(
        sql`SELECT id, payload, reason FROM deliveries WHERE id IN ${listOf(ids)}`,
      );
      for (const { id, payload, reason } of found)
        await tx.execute(sql`
          INSERT INTO event_texts (id, tenant_id, delivery_id, stored_at, words)
          SELECT id, tenant_id, id, stored_at, ${vector(searchWords(payload, reason))} FROM deliveries WHERE id = ${id}
          ON CONFLICT DO NOTHING`);
    });
  return rows.length;
}

/**
 * One pass over all events, from the highest id down, for those that were stored before their words were kept.
 * Answers where the next page begins; undefined once everything was looked at.
 */
export async function tellOlderEvents(db: Database, below: string | undefined): Promise<string | undefined> {
  const rows = await db.execute<{ tenant_id: string; event_id: string; untold: boolean }>(
    sql`select * from across.untold_texts(${below ?? null}::uuid, ${PAGE})`,
  );
  const untold = rows.filter((row) => row.untold);
  for (const [tenantId, ids] of byTenant(untold.map((row) => [row.tenant_id, row.event_id])))
    await withTenant(db, tenantId, async (tx) => {
      const found = await tx.execute<{ id: string; data: unknown; payload: unknown }>(sql`
        SELECT e.id, e.data, d.payload FROM events e LEFT JOIN deliveries d ON d.id = e.delivery_id WHERE e.id IN ${listOf(ids)}`);
      const texts = found.map(({ id, data, payload }) => ({
        id,
        words: searchWords(data, payload).join(" "),
      }));
      await tx.execute(sql`
        INSERT INTO event_texts (id, tenant_id, event_id, stored_at, words)
        SELECT e.id, e.tenant_id, e.id, e.stored_at, array_to_tsvector(string_to_array(t.words, ' '))
        FROM jsonb_to_recordset(${JSON.stringify(texts)}::jsonb) AS t (id uuid, words text) JOIN events e ON e.id = t.id
        ON CONFLICT DO NOTHING`);
    });
  return rows.length < PAGE ? undefined : rows.at(-1)?.event_id;
}

function byTenant(pairs: readonly (readonly [string, string])[]): Map<string, string[]> {
  const all = new Map<string, string[]>();
  for (const [tenantId, id] of pairs) all.set(tenantId, [...(all.get(tenantId) ?? []), id]);
  return all;
}

function listOf(ids: readonly string[]) {
  return sql`(${sql.join(
    ids.map((id) => sql`${id}::uuid`),
    sql`, `,
  )})`;
}

function vector(words: readonly string[]) {
  return sql`array_to_tsvector(string_to_array(${words.join(" ")}, ' '))`;
}
