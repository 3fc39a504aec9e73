import { eq } from "drizzle-orm";
import { speechIntegrations } from "#/drizzle/schema/speech-integrations.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { Note } from "#/lib/models/note.ts";

/** Gives the tenant's calls to one service, or to none: then the embedded engine hears them. */
export function setDefaultSpeech(
  { db, note }: { db: Database; note: Note },
  tenantId: string,
  speechId: string | undefined,
): Promise<void> {
  return withTenant(db, tenantId, async (tx) => {
    // Before the other is set: one statement for both would meet the index that allows one at a time.
    await tx
      .update(speechIntegrations)
      .set({ isDefault: false })
      .where(eq(speechIntegrations.isDefault, true));
    if (speechId !== undefined) {
      const set = await tx
        .update(speechIntegrations)
        .set({ isDefault: true })
        .where(eq(speechIntegrations.id, speechId))
        .returning({ id: speechIntegrations.id });
      if (set.length === 0) throw new AppError("not_found", "This speech service does not exist any more.");
    }
    await note(tx, { action: "speech.default", target: speechId ?? "embedded" });
  });
}
