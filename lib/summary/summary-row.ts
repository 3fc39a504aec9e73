import { and, desc, eq } from "drizzle-orm";
import { conversations } from "#/drizzle/schema/conversations.ts";
import { events } from "#/drizzle/schema/events.ts";
import { summaries } from "#/drizzle/schema/summaries.ts";
import type { TenantTransaction } from "#/lib/db/database.ts";
import { EMPTY_SUMMARY, readSummaryFields } from "#/lib/events/summary.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { appendDurable } from "#/lib/realtime/append-durable.ts";
import type { DurableMessage } from "#/lib/realtime/contract.ts";

export type SummaryRow = typeof summaries.$inferSelect;
export type ConversationRow = typeof conversations.$inferSelect;
export type SummaryPlace = { tenantId: string; conversationId: string };

export async function conversationOf(tx: TenantTransaction, { conversationId }: SummaryPlace) {
  const [row] = await tx.select().from(conversations).where(eq(conversations.id, conversationId));
  if (!row) throw new AppError("not_found", "There is no such conversation.");
  return row;
}

/** The conversation's one summary, made by whoever needs it first, and locked. */
export async function lockSummary(tx: TenantTransaction, place: SummaryPlace): Promise<SummaryRow> {
  await tx
    .insert(summaries)
    .values({ ...place, fields: EMPTY_SUMMARY })
    .onConflictDoNothing();
  const [row] = await tx
    .select()
    .from(summaries)
    .where(eq(summaries.conversationId, place.conversationId))
    .for("update");
  if (!row) throw new Error("an upsert left no row");
  return { ...row, fields: readSummaryFields(row.fields) };
}

/** Changes a locked summary and tells every widget of it, in one transaction. */
export async function changeSummary(
  tx: TenantTransaction,
  row: SummaryRow,
  change: Partial<Pick<SummaryRow, "fields" | "state" | "reason" | "model" | "draftedTo" | "draftedAt">>,
): Promise<DurableMessage> {
  const [changed] = await tx
    .update(summaries)
    .set({ ...change, version: row.version + 1, updatedAt: new Date() })
    .where(eq(summaries.id, row.id))
    .returning();
  if (!changed) throw new Error("a locked row was not updated");
  const conversation = await conversationOf(tx, row);
  return appendDurable(tx, {
    tenantId: row.tenantId,
    conversationId: row.conversationId,
    platformConversationId: conversation.platformConversationId,
    key: `summary:${changed.version}`,
    body: {
      kind: "summary",
      version: changed.version,
      state: changed.state,
      fields: changed.fields,
      reason: changed.reason ?? undefined,
      model: changed.model ?? undefined,
      draftedAt: changed.draftedAt?.toISOString(),
    },
  });
}

/** The last thing that was said; a draft that has seen it is up to date. */
export async function lastTurn(tx: TenantTransaction, conversationId: string): Promise<string | null> {
  const [row] = await tx
    .select({ id: events.id })
    .from(events)
    .where(and(eq(events.conversationId, conversationId), eq(events.type, "utterance")))
    .orderBy(desc(events.occurredAt), desc(events.deliveryId), desc(events.id))
    .limit(1);
  return row?.id ?? null;
}
