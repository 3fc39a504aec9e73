import { and, eq, ne } from "drizzle-orm";
import type * as z from "zod";
import { writeBacks } from "#/drizzle/schema/write-backs.ts";
import type { TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import type { WriteReport } from "#/lib/events/write-back.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { DurableMessage } from "#/lib/realtime/contract.ts";
import type { writtenSchema } from "#/lib/realtime/requests.ts";
import type { Place } from "#/lib/realtime/rooms.ts";
import { saveFeedback } from "#/lib/realtime/save-feedback.ts";
import type { WriteDeps } from "./begin-write.ts";
import { changeWrite, lockWrite, startedConversation, type WriteRow } from "./write-row.ts";

type Report = Omit<z.output<typeof writtenSchema>, "conversationId">;
export type Reported = { state: WriteRow["state"]; message?: DurableMessage };

/**
 * Keeps what became of an attempt. "Sent" is a fact, whoever tells it and however late; that something did
 * not happen counts only for the attempt that is under way. The same report again changes nothing.
 */
export async function reportWrite(deps: WriteDeps, place: Place, given: Report): Promise<Reported> {
  const reported = await withTenant(deps.db, place.tenantId, async (tx) => {
    const conversationId = await startedConversation(tx, place);
    const row = await lockWrite(tx, { writeId: given.writeId, conversationId });
    if (!counts(row, given)) return { state: row.state, row };
    await refuseAnotherOnes(tx, row, given.report);
    const change = changeOf(given.report);
    const changed = await changeWrite(tx, place, row, { change, now: deps.clock() });
    return { state: changed.row.state, row: changed.row, message: changed.message };
  });
  const { row, ...answer } = reported;
  if (answer.message && row.state === "sent") await noteUse(deps, place, row);
  return answer;
}

function counts(row: WriteRow, { attempt, report }: Report): boolean {
  if (row.state === "sent") return false;
  if (report.kind === "sent") return true;
  if (attempt !== row.attempts) return false;
  const open = row.state === "sending";
  return report.kind === "discarded" ? !open && row.state !== "discarded" : open;
}

function changeOf(report: WriteReport) {
  switch (report.kind) {
    case "sent":
      return { state: report.kind, platformId: report.platformId, reason: null };
    case "failed":
      return { state: report.kind, reason: report.reason, retryable: report.retryable };
    case "unconfirmed":
      return { state: report.kind, reason: report.reason };
    case "discarded":
      return { state: report.kind };
  }
}

/** The same words may be sent twice on purpose: what was found on the platform may be the other one. */
async function refuseAnotherOnes(tx: TenantTransaction, row: WriteRow, report: WriteReport): Promise<void> {
  if (report.kind !== "sent" || report.platformId === undefined) return;
  const [other] = await tx
    .select({ id: writeBacks.id })
    .from(writeBacks)
    .where(
      and(
        eq(writeBacks.conversationId, row.conversationId),
        eq(writeBacks.platformId, report.platformId),
        ne(writeBacks.id, row.id),
      ),
    )
    .limit(1);
  if (other)
    throw new AppError("conflict", "The platform's message belongs to another one of the same words.");
}

/** A card that the customer was sent was of use; a card of elsewhere, or none, is no reason to fail. */
async function noteUse({ db }: WriteDeps, place: Place, row: WriteRow): Promise<void> {
  const { suggestionId } = row;
  if (!suggestionId) return;
  const given = { suggestionId, agentId: row.agentId ?? "unknown", kind: "sent" as const, value: "yes" };
  await saveFeedback(db, place, given).catch(() => {});
}
