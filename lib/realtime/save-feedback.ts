import { and, eq } from "drizzle-orm";
import { feedback } from "#/drizzle/schema/feedback.ts";
import { suggestions } from "#/drizzle/schema/suggestions.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { noteUse } from "./note-use.ts";
import { conversationAt } from "./read-durable.ts";
import type { Place } from "./rooms.ts";

export type Feedback = {
  suggestionId: string;
  agentId: string;
  kind: "verdict" | "copied" | "inserted" | "opened" | "sent";
  value: string;
};

/** Keeps an agent's last word of each kind on a card. A card of another conversation does not exist here. */
export async function saveFeedback(db: Database, place: Place, given: Feedback): Promise<void> {
  await withTenant(db, place.tenantId, async (tx) => {
    const conversation = await conversationAt(tx, place);
    const [card] = conversation
      ? await tx
          .select({ id: suggestions.id })
          .from(suggestions)
          .where(and(eq(suggestions.id, given.suggestionId), eq(suggestions.conversationId, conversation.id)))
      : [];
    if (!card) throw new AppError("not_found", "There is no such suggestion in this conversation.");
    await tx
      .insert(feedback)
      .values({ tenantId: place.tenantId, ...given })
      .onConflictDoUpdate({
        target: [feedback.suggestionId, feedback.agentId, feedback.kind],
        set: { value: given.value, updatedAt: new Date() },
      });
    await noteUse(tx, conversation?.id ?? "", given);
  });
}
