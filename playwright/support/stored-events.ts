import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { DATABASE } from "./product.ts";

export type StoredEvents = { conversationId: string; remove(): Promise<void> };

/**
 * Events of one conversation of the demo tenant, dead for `cause`, as if the pipeline had given them up. They are what
 * an agent said, so that a replay works them without asking for anything.
 */
export async function deadEvents(n: number, cause: string, text: string): Promise<StoredEvents> {
  const sql = postgres(DATABASE, { max: 1, onnotice: () => {} });
  const conversationId = randomUUID();
  const [place] = await sql<{ tenant_id: string; connection_id: string }[]>`
    SELECT t.id AS tenant_id, c.id AS connection_id FROM tenants t JOIN connections c ON c.tenant_id = t.id WHERE t.slug = 'demo' LIMIT 1`;
  if (!place) throw new Error("The demo tenant has no connection.");
  const { tenant_id: tenant, connection_id: connection } = place;
  await sql`INSERT INTO conversations (id, tenant_id, connection_id, platform_conversation_id, started_at)
    VALUES (${conversationId}, ${tenant}, ${connection}, ${conversationId}, now())`;
  const data = { speaker: "agent", text, channel: "chat" };
  await sql`
    WITH stored AS (
      INSERT INTO events (id, tenant_id, connection_id, conversation_id, delivery_id, type, occurred_at, data, state, outcome, attempts, trail)
      SELECT gen_random_uuid(), ${tenant}, ${connection}, ${conversationId}, gen_random_uuid(), 'utterance', now(), ${sql.json(data)}, 'dead',
        ${`dead: ${cause}`}, 6, jsonb_build_object('at', jsonb_build_object('received', extract(epoch FROM now()) * 1000),
          'attempts', jsonb_build_array(jsonb_build_object('at', extract(epoch FROM now()) * 1000, 'error', ${cause}::text)), 'notes', '[]'::jsonb)
      FROM generate_series(1, ${n}::int) RETURNING id, tenant_id, stored_at)
    INSERT INTO event_texts (id, tenant_id, event_id, stored_at, words)
    SELECT id, tenant_id, id, stored_at, array_to_tsvector(string_to_array(lower(${text}), ' ')) FROM stored`;
  return {
    conversationId,
    remove: async () => {
      await sql`DELETE FROM durable_messages WHERE conversation_id = ${conversationId}`;
      await sql`DELETE FROM conversations WHERE id = ${conversationId}`;
      await sql.end();
    },
  };
}
