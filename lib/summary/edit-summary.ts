import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import type { SummaryField, SummaryFieldName } from "#/lib/events/summary.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { DurableMessage } from "#/lib/realtime/contract.ts";
import { conversationAt } from "#/lib/realtime/read-durable.ts";
import type { Place } from "#/lib/realtime/rooms.ts";
import { changeSummary, lockSummary, type SummaryPlace } from "./summary-row.ts";

/** Without `text` the field goes back to drafting. */
export type SummaryEdit = { field: SummaryFieldName; text?: string | undefined };

/**
 * Makes a field the agent's own, or gives it back. The row's lock orders edits and drafts: a draft that was
 * under way finds the field locked and leaves it.
 */
export function editSummary(
  db: Database,
  place: Place,
  { field, text }: SummaryEdit,
): Promise<{ message: DurableMessage; wanted?: SummaryPlace }> {
  return withTenant(db, place.tenantId, async (tx) => {
    const conversation = await conversationAt(tx, place);
    if (!conversation)
      throw new AppError("not_found", "This conversation has not begun here yet; try again in a moment.");
    const at = { tenantId: place.tenantId, conversationId: conversation.id };
    const row = await lockSummary(tx, at);
    const edited: SummaryField =
      text === undefined ? { ...row.fields[field], locked: false } : { text, locked: true, sentences: [] };
    const fields = { ...row.fields, [field]: edited };
    if (text !== undefined) {
      // The first words may be the agent's: nobody has asked for a draft then.
      const state = row.draftedAt || row.version > 0 ? row.state : "ready";
      return { message: await changeSummary(tx, row, { fields, state }) };
    }
    const message = await changeSummary(tx, row, { fields, state: "wanted", draftedTo: null });
    return { message, wanted: at };
  });
}
