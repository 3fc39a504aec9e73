import { and, asc, desc, eq, sql } from "drizzle-orm";
import { connections } from "#/drizzle/schema/connections.ts";
import { conversations } from "#/drizzle/schema/conversations.ts";
import { summaries } from "#/drizzle/schema/summaries.ts";
import { writeBacks } from "#/drizzle/schema/write-backs.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { readSummaryFields, SUMMARY_FIELDS } from "#/lib/events/summary.ts";
import { redactText } from "#/lib/redaction/redact.ts";
import type {
  ConversationDetail,
  ConversationFigures,
  ConversationSummary,
  ConversationWriteBack,
} from "./conversation-detail.ts";
import type { Cursor } from "./conversation-filter.ts";
import { readLines } from "./read-lines.ts";

const MOST_WRITE_BACKS = 200;

type Asked = { conversationId: string; after?: Cursor | undefined };

/** One conversation with all that became of it; undefined where this tenant has none by that id. */
export function readConversation(
  db: Database,
  tenantId: string,
  { conversationId, after }: Asked,
): Promise<ConversationDetail | undefined> {
  return withTenant(db, tenantId, async (tx) => {
    const [row] = await tx
      .select({ conversation: conversations, connection: connections })
      .from(conversations)
      .innerJoin(connections, eq(connections.id, conversations.connectionId))
      .where(and(eq(conversations.tenantId, tenantId), eq(conversations.id, conversationId)));
    if (!row) return undefined;
    const { conversation, connection } = row;
    return {
      id: conversation.id,
      platformId: conversation.platformConversationId,
      connection: { id: connection.id, name: connection.name, platform: connection.platform },
      channel: conversation.channel ?? undefined,
      queue: conversation.queueName ?? conversation.queueId ?? undefined,
      agent: conversation.agentName ?? conversation.agentId ?? undefined,
      language: conversation.language ?? undefined,
      startedAt: conversation.startedAt.toISOString(),
      endedAt: conversation.endedAt?.toISOString(),
      figures: await readFigures(tx, conversationId),
      summary: await readSummary(tx, conversationId),
      writeBacks: await readWriteBacks(tx, conversationId),
      ...(await readLines(tx, conversationId, after)),
    };
  });
}

async function readFigures(tx: TenantTransaction, conversationId: string): Promise<ConversationFigures> {
  const [row] = await tx.execute<ConversationFigures>(sql`
    SELECT e.events, e."deadEvents", a.* FROM (
      SELECT count(*)::int AS events, (count(*) FILTER (WHERE state = 'dead'))::int AS "deadEvents"
      FROM events WHERE conversation_id = ${conversationId}) e, (
      SELECT (count(*) FILTER (WHERE kind <> 'unanswered'))::int AS shown,
        (count(*) FILTER (WHERE copied OR inserted OR sent OR verdict > 0))::int AS used,
        (count(*) FILTER (WHERE verdict < 0))::int AS rejected,
        (count(*) FILTER (WHERE kind = 'unanswered'))::int AS unanswered
      FROM answers WHERE conversation_id = ${conversationId}) a`);
  return row ?? { events: 0, deadEvents: 0, shown: 0, used: 0, rejected: 0, unanswered: 0 };
}

async function readSummary(
  tx: TenantTransaction,
  conversationId: string,
): Promise<ConversationSummary | undefined> {
  const [row] = await tx.select().from(summaries).where(eq(summaries.conversationId, conversationId));
  if (!row) return undefined;
  const fields = readSummaryFields(row.fields);
  return {
    version: row.version,
    state: row.state,
    reason: row.reason ?? undefined,
    model: row.model ?? undefined,
    draftedAt: row.draftedAt?.toISOString(),
    fields: SUMMARY_FIELDS.map((name) => ({
      name,
      text: redactText(fields[name].text),
      locked: fields[name].locked,
      sentences: fields[name].sentences.map(({ text, evidence }) => ({ text: redactText(text), evidence })),
    })),
  };
}

async function readWriteBacks(
  tx: TenantTransaction,
  conversationId: string,
): Promise<ConversationWriteBack[]> {
  const rows = await tx
    .select()
    .from(writeBacks)
    .where(eq(writeBacks.conversationId, conversationId))
    .orderBy(desc(writeBacks.createdAt), asc(writeBacks.id))
    .limit(MOST_WRITE_BACKS);
  return rows.map(({ content, ...row }) => ({
    id: row.id,
    kind: row.kind,
    state: row.state,
    agent: row.agentName ?? row.agentId ?? undefined,
    text: redactText(content.kind === "message" ? content.text : content.notes),
    code: content.kind === "summary" ? content.codeName : undefined,
    reason: row.reason === null ? undefined : redactText(row.reason),
    attempts: row.attempts,
    at: row.createdAt.toISOString(),
  }));
}
