import { type SQL, sql } from "drizzle-orm";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import type { Channel } from "#/lib/events/conversation-event.ts";
import type { PlatformId } from "#/lib/kernel/platform-id.ts";
import { type ConversationFilter, type Cursor, cursorText, isUuid } from "./conversation-filter.ts";
import { readNamed } from "./read-choices.ts";

export const CONVERSATIONS_PAGE_SIZE = 50;
const MOST_COUNTED = 10_000;

export type ConversationRow = {
  id: string;
  platformId: string;
  startedAt: string;
  endedAt: string | undefined;
  channel: Channel | undefined;
  platform: PlatformId;
  connectionName: string;
  queue: string | undefined;
  agent: string | undefined;
  shown: number;
  used: number;
  rejected: number;
  unanswered: number;
  deadEvents: number;
};

export type ConversationPage = {
  rows: ConversationRow[];
  /** How many fit the filter; counting stops at 10,000. */
  count: number;
  countedAll: boolean;
  next: string | undefined;
};

/** A tenant's conversations, the newest first, a page at a time. */
export function listConversations(
  db: Database,
  tenantId: string,
  filter: ConversationFilter,
): Promise<ConversationPage> {
  return withTenant(db, tenantId, async (tx) => {
    const fits = await conditionsOf(tx, filter);
    const rows = await tx.execute<ListRow>(sql`
      SELECT c.*, k.platform, k.name AS connection_name, a.shown, a.used, a.rejected, a.unanswered,
        (SELECT count(*)::int FROM events e WHERE e.conversation_id = c.id AND e.state = 'dead') AS dead_events
      FROM (SELECT c.id, c.connection_id, c.platform_conversation_id, c.started_at, c.ended_at, c.channel,
          coalesce(c.queue_name, c.queue_id) AS queue, coalesce(c.agent_name, c.agent_id) AS agent,
          (extract(epoch FROM c.started_at) * 1000000)::bigint::text AS micros
        FROM conversations c WHERE ${allOf([fits, filter.after && behind(filter.after)])}
        ORDER BY c.started_at DESC, c.id DESC LIMIT ${CONVERSATIONS_PAGE_SIZE + 1}) c
      JOIN connections k ON k.id = c.connection_id
      CROSS JOIN LATERAL (SELECT (count(*) FILTER (WHERE kind <> 'unanswered'))::int AS shown,
          (count(*) FILTER (WHERE copied OR inserted OR sent OR verdict > 0))::int AS used,
          (count(*) FILTER (WHERE verdict < 0))::int AS rejected,
          (count(*) FILTER (WHERE kind = 'unanswered'))::int AS unanswered
        FROM answers WHERE conversation_id = c.id) a
      ORDER BY c.started_at DESC, c.id DESC`);
    const [counted] = await tx.execute<{ n: number }>(sql`
      SELECT count(*)::int AS n FROM (
        SELECT 1 FROM conversations c WHERE ${fits} LIMIT ${MOST_COUNTED + 1}) fitting`);
    const page = rows.slice(0, CONVERSATIONS_PAGE_SIZE);
    const last = page.at(-1);
    const n = counted?.n ?? 0;
    return {
      rows: page.map(toRow),
      count: Math.min(n, MOST_COUNTED),
      countedAll: n <= MOST_COUNTED,
      next:
        rows.length > CONVERSATIONS_PAGE_SIZE && last
          ? cursorText({ micros: last.micros, id: last.id })
          : undefined,
    };
  });
}

type ListRow = {
  id: string;
  micros: string;
  platform_conversation_id: string;
  started_at: string;
  ended_at: string | null;
  channel: Channel | null;
  platform: PlatformId;
  connection_name: string;
  queue: string | null;
  agent: string | null;
  shown: number;
  used: number;
  rejected: number;
  unanswered: number;
  dead_events: number;
};

function toRow(row: ListRow): ConversationRow {
  return {
    id: row.id,
    platformId: row.platform_conversation_id,
    startedAt: new Date(row.started_at).toISOString(),
    endedAt: row.ended_at === null ? undefined : new Date(row.ended_at).toISOString(),
    channel: row.channel ?? undefined,
    platform: row.platform,
    connectionName: row.connection_name,
    queue: row.queue ?? undefined,
    agent: row.agent ?? undefined,
    shown: row.shown,
    used: row.used,
    rejected: row.rejected,
    unanswered: row.unanswered,
    deadEvents: row.dead_events,
  };
}

async function conditionsOf(tx: TenantTransaction, filter: ConversationFilter): Promise<SQL> {
  const { connections, queues, agents, channels, states, from, to } = filter;
  return allOf([
    connections.length > 0 && sql`c.connection_id IN ${list(connections)}`,
    queues.length > 0 && sql`c.queue_id IN ${list(queues)}`,
    agents.length > 0 && sql`c.agent_id IN ${list(agents)}`,
    channels.length > 0 && sql`c.channel IN ${list(channels)}`,
    states.length === 1 && (states[0] === "live" ? sql`c.ended_at IS NULL` : sql`c.ended_at IS NOT NULL`),
    filter.withFeedback && sql`c.feedback_at IS NOT NULL`,
    filter.withDead && sql`c.id IN (SELECT e.conversation_id FROM events e WHERE e.state = 'dead')`,
    from && sql`c.started_at >= ${from.toISOString()}`,
    to && sql`c.started_at < ${to.toISOString()}`,
    filter.text !== undefined && (await textCondition(tx, filter.text)),
  ]);
}

/**
 * A part of a name is looked for among the names, which are few, and not in a million rows. An id is found by its
 * beginning; the pattern operators, unlike LIKE, may use an index under row-level security.
 */
async function textCondition(tx: TenantTransaction, text: string): Promise<SQL> {
  const holds = ({ id, name }: { id: string; name: string }) =>
    `${name}\n${id}`.toLowerCase().includes(text.toLowerCase());
  const agents = (await readNamed(tx, "agent")).filter(holds);
  const queues = (await readNamed(tx, "queue")).filter(holds);
  const any = [
    agents.length > 0 && sql`c.agent_id IN ${list(agents.map(({ id }) => id))}`,
    queues.length > 0 && sql`c.queue_id IN ${list(queues.map(({ id }) => id))}`,
    isUuid(text) && sql`c.id = ${text}::uuid`,
    sql`(c.platform_conversation_id ~>=~ ${text} AND c.platform_conversation_id ~<~ ${`${text}\u{10ffff}`})`,
  ];
  return sql`(${sql.join(given(any), sql` OR `)})`;
}

/** Whole microseconds: a time that went through JavaScript would have lost them. */
function behind({ micros, id }: Cursor): SQL {
  return sql`(c.started_at, c.id) < (timestamptz 'epoch' + ${micros}::bigint * interval '1 microsecond', ${id}::uuid)`;
}

function list(values: readonly string[]): SQL {
  return sql`(${sql.join(
    values.map((value) => sql`${value}`),
    sql`, `,
  )})`;
}

type Condition = SQL | false | undefined;

function allOf(conditions: Condition[]): SQL {
  const all = given(conditions);
  return all.length === 0 ? sql`true` : sql.join(all, sql` AND `);
}

function given(conditions: Condition[]): SQL[] {
  return conditions.filter((condition): condition is SQL => Boolean(condition));
}
