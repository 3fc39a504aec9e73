import { and, eq } from "drizzle-orm";
import { writeBacks } from "#/drizzle/schema/write-backs.ts";
import type { TenantTransaction } from "#/lib/db/database.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { appendDurable } from "#/lib/realtime/append-durable.ts";
import type { DurableMessage } from "#/lib/realtime/contract.ts";
import { conversationAt } from "#/lib/realtime/read-durable.ts";
import type { Place } from "#/lib/realtime/rooms.ts";

export type WriteRow = typeof writeBacks.$inferSelect;

/** A widget's conversation; there is none before its first event has come. */
export async function startedConversation(tx: TenantTransaction, place: Place): Promise<string> {
  const conversation = await conversationAt(tx, place);
  if (!conversation)
    throw new AppError("not_found", "This conversation has not begun here yet; try again in a moment.");
  return conversation.id;
}

/** Locked: who changes a write-back waits for the one who is changing it. */
export async function lockWrite(
  tx: TenantTransaction,
  of: { writeId: string; conversationId: string },
): Promise<WriteRow> {
  const [row] = await tx
    .select()
    .from(writeBacks)
    .where(and(eq(writeBacks.id, of.writeId), eq(writeBacks.conversationId, of.conversationId)))
    .for("update");
  if (!row) throw new AppError("not_found", "There is no such message or wrap-up in this conversation.");
  return row;
}

type Change = Partial<
  Pick<
    WriteRow,
    "state" | "attempts" | "claim" | "startedAt" | "content" | "reason" | "retryable" | "platformId"
  >
>;

/** Changes a locked row and tells every widget of it, in one transaction. */
export async function changeWrite(
  tx: TenantTransaction,
  place: Place,
  row: WriteRow,
  { change, now }: { change: Change; now: number },
): Promise<{ row: WriteRow; message: DurableMessage }> {
  const [changed] = await tx
    .update(writeBacks)
    .set({ ...change, updatedAt: new Date(now) })
    .where(and(eq(writeBacks.tenantId, row.tenantId), eq(writeBacks.id, row.id)))
    .returning();
  if (!changed) throw new Error("a locked row was not updated");
  return { row: changed, message: await tellWrite(tx, place, changed) };
}

/** Every state of every attempt is told once. */
export function tellWrite(tx: TenantTransaction, place: Place, row: WriteRow): Promise<DurableMessage> {
  const { agentId, agentName } = row;
  return appendDurable(tx, {
    tenantId: row.tenantId,
    conversationId: row.conversationId,
    platformConversationId: place.platformConversationId,
    key: `write:${row.id}:${row.attempts}:${row.state}`,
    body: {
      kind: "write-back",
      writeId: row.id,
      state: row.state,
      attempt: row.attempts,
      intent: row.content,
      agent: agentId ? { id: agentId, name: agentName ?? undefined } : undefined,
      reason: row.reason ?? undefined,
      retryable: row.retryable,
      changedAt: row.updatedAt.toISOString(),
    },
  });
}
