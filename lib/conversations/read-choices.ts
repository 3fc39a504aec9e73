import { type SQL, sql } from "drizzle-orm";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";

export type Choice = { id: string; name: string };

/** Whom and what the list can be filtered by. */
export type ConversationChoices = { queues: Choice[]; agents: Choice[] };

const MOST_CHOICES = 500;

export function readConversationChoices(db: Database, tenantId: string): Promise<ConversationChoices> {
  return withTenant(db, tenantId, async (tx) => ({
    queues: await readNamed(tx, "queue"),
    agents: await readNamed(tx, "agent"),
  }));
}

/**
 * Every queue or agent that conversations name, with the name it had last. Hops from one value of the index to the
 * next instead of reading all conversations.
 */
export async function readNamed(tx: TenantTransaction, of: "queue" | "agent"): Promise<Choice[]> {
  const id = COLUMNS[of].id;
  const rows = await tx.execute<{ id: string; name: string | null }>(sql`
    WITH RECURSIVE named AS (
      (SELECT ${id} AS id FROM conversations c WHERE ${id} IS NOT NULL ORDER BY ${id} LIMIT 1)
      UNION ALL
      SELECT (SELECT ${id} FROM conversations c WHERE ${id} > named.id ORDER BY ${id} LIMIT 1)
      FROM named WHERE named.id IS NOT NULL
    )
    SELECT named.id, (SELECT ${COLUMNS[of].name} FROM conversations c
      WHERE ${id} = named.id ORDER BY c.started_at DESC LIMIT 1) AS name
    FROM named WHERE named.id IS NOT NULL LIMIT ${MOST_CHOICES}`);
  return rows
    .map((row) => ({ id: row.id, name: row.name ?? row.id }))
    .sort((one, other) => one.name.localeCompare(other.name));
}

const COLUMNS = {
  queue: { id: sql`c.queue_id`, name: sql`c.queue_name` },
  agent: { id: sql`c.agent_id`, name: sql`c.agent_name` },
} satisfies Record<string, { id: SQL; name: SQL }>;
