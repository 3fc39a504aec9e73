import { eq } from "drizzle-orm";
import { speechIntegrations } from "#/drizzle/schema/speech-integrations.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { Note } from "#/lib/models/note.ts";

/** Deletes a speech service with its key. New calls are heard by the embedded engine if it was the default. */
export function deleteSpeech(
  { db, note }: { db: Database; note: Note },
  tenantId: string,
  speechId: string,
): Promise<void> {
  return withTenant(db, tenantId, async (tx) => {
    const deleted = await tx
      .delete(speechIntegrations)
      .where(eq(speechIntegrations.id, speechId))
      .returning();
    if (deleted.length === 0) throw new AppError("not_found", "This speech service does not exist any more.");
    await note(tx, { action: "speech.deleted", target: speechId });
  });
}
