import { eq, sql } from "drizzle-orm";
import { documents } from "#/drizzle/schema/documents.ts";
import { knowledgeBases } from "#/drizzle/schema/knowledge-bases.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { type Actor, audit } from "#/lib/tenancy/audit.ts";

/** Has a document read and indexed anew, from the stored content. */
export function retryDocument(db: Database, actor: Actor, documentId: string): Promise<void> {
  return withTenant(db, actor.tenantId, async (tx) => {
    const again = await tx
      .update(documents)
      .set({ state: "queued", cause: null, attempts: 0, claimedUntil: null })
      .where(eq(documents.id, documentId))
      .returning({ id: documents.id });
    if (again.length === 0) throw missing();
    await audit(tx, actor, { action: "document.retried", target: documentId });
  });
}

/** Deletes a document with its passages; cards that cited it keep their text. */
export function deleteDocument(db: Database, actor: Actor, documentId: string): Promise<void> {
  return withTenant(db, actor.tenantId, async (tx) => {
    const [gone] = await tx
      .delete(documents)
      .where(eq(documents.id, documentId))
      .returning({ baseId: documents.knowledgeBaseId, origin: documents.origin });
    if (!gone) throw missing();
    await tx
      .update(knowledgeBases)
      .set({ version: sql`${knowledgeBases.version} + 1` })
      .where(eq(knowledgeBases.id, gone.baseId));
    await audit(tx, actor, {
      action: "document.deleted",
      target: documentId,
      detail: { origin: gone.origin },
    });
  });
}

function missing(): AppError {
  return new AppError("not_found", "This document does not exist any more.");
}
