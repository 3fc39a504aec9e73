import { and, eq, sql } from "drizzle-orm";
import { events } from "#/drizzle/schema/events.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { isAppError } from "#/lib/kernel/app-error.ts";
import { MOST_ATTEMPTS, retryDelaySeconds } from "./backoff.ts";
import type { EventRow } from "./claim-conversation.ts";

/**
 * Notes a failed attempt on the event's trail. What another attempt may mend is tried again later, while
 * the conversation's other events go on; what failed for good is dead: visible, and replayable by a person.
 */
export async function failEvent(db: Database, row: EventRow, error: unknown): Promise<void> {
  const words = isAppError(error) ? error.message.slice(0, 1_000) : "An unexpected failure; see the log.";
  // Counted when the event was taken; one that was taken once too often was not worked on.
  const attempts = Math.min(row.attempts, MOST_ATTEMPTS);
  const dead = (isAppError(error) && !error.retryable) || attempts >= MOST_ATTEMPTS;
  const attempt = JSON.stringify({ at: Date.now(), error: words, generation: row.generation });
  await withTenant(db, row.tenantId, async (tx) => {
    await tx
      .update(events)
      .set({
        attempts,
        state: dead ? "dead" : "pending",
        outcome: dead ? `dead: ${words}` : null,
        nextAttemptAt: sql`clock_timestamp() + make_interval(secs => ${retryDelaySeconds(attempts)})`,
        trail: sql`jsonb_set(${events.trail}, '{attempts}', (${events.trail}->'attempts') || ${attempt}::jsonb)`,
      })
      // A draft of an earlier generation says nothing about the replay.
      .where(and(eq(events.id, row.id), eq(events.state, "pending"), eq(events.generation, row.generation)));
  });
}
