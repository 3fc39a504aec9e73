import { sql } from "drizzle-orm";
import type { TenantTransaction } from "#/lib/db/database.ts";
import type { Feedback } from "./save-feedback.ts";

/**
 * Carries an agent's word on a card to the figures. Of several agents' verdicts the last one counts. The conversation
 * comes before the answer, as where an event is settled: two that lock in different orders could wait for each other.
 */
export async function noteUse(tx: TenantTransaction, conversationId: string, given: Feedback): Promise<void> {
  await tx.execute(sql`
    UPDATE conversations SET feedback_at = now()
    WHERE id = ${conversationId}::uuid AND feedback_at IS NULL`);
  await tx.execute(sql`
    UPDATE answers SET ${given.kind === "verdict" ? VERDICT(given.suggestionId) : MARKS[given.kind]}
    WHERE conversation_id = ${conversationId}::uuid AND suggestion_id = ${given.suggestionId}::uuid`);
}

const MARKS = {
  copied: sql`copied = true`,
  inserted: sql`inserted = true`,
  opened: sql`opened = true`,
  sent: sql`sent = true`,
} as const;

/** A verdict that was taken back (`none`) gives way to another agent's, if there is one. */
const VERDICT = (suggestionId: string) => sql`verdict = (
  SELECT CASE value WHEN 'up' THEN 1 WHEN 'down' THEN -1 END FROM feedback
  WHERE suggestion_id = ${suggestionId}::uuid AND kind = 'verdict' AND value IN ('up', 'down')
  ORDER BY updated_at DESC LIMIT 1)`;
