import { and, eq, inArray } from "drizzle-orm";
import { chunks } from "#/drizzle/schema/chunks.ts";
import { documents } from "#/drizzle/schema/documents.ts";
import { sitePages } from "#/drizzle/schema/site-pages.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { queuedAnew } from "./add-document.ts";
import { type Author, noteChange } from "./author.ts";
import { bumpBase } from "./store-passages.ts";

/** Has documents read and indexed anew, from the stored content; the ids of those that wait now. */
export function retryDocuments(
  db: Database,
  author: Author,
  documentIds: readonly string[],
): Promise<string[]> {
  return withTenant(db, author.tenantId, async (tx) => {
    const again = await tx
      .update(documents)
      .set(queuedAnew())
      // What its site no longer has comes back by a crawl, not by a wish.
      .where(
        and(inArray(documents.id, [...documentIds]), inArray(documents.state, ["ready", "failed", "queued"])),
      )
      .returning({ id: documents.id, origin: documents.origin });
    if (again.length === 0) throw missing();
    for (const { id, origin } of again)
      await noteChange(tx, author, { action: "document.retried", target: id, detail: { origin } });
    return again.map(({ id }) => id);
  });
}

/** Deletes documents with their passages; cards that cited them keep their text. */
export function deleteDocuments(
  db: Database,
  author: Author,
  documentIds: readonly string[],
): Promise<number> {
  return withTenant(db, author.tenantId, async (tx) => {
    const gone = await tx
      .delete(documents)
      .where(inArray(documents.id, [...documentIds]))
      .returning({ id: documents.id, baseId: documents.knowledgeBaseId, origin: documents.origin });
    if (gone.length === 0) throw missing();
    // Its site then sends the page whole again, instead of "not changed".
    await tx
      .update(sitePages)
      .set({ documentId: null, etag: null, lastModified: null })
      .where(
        inArray(
          sitePages.documentId,
          gone.map(({ id }) => id),
        ),
      );
    for (const baseId of new Set(gone.map((one) => one.baseId))) await bumpBase(tx, baseId);
    for (const { id, origin } of gone)
      await noteChange(tx, author, { action: "document.deleted", target: id, detail: { origin } });
    return gone.length;
  });
}

/** A page that its site no longer has: kept and marked, its passages found by no search. */
export async function markGone(tx: TenantTransaction, documentId: string, cause: string): Promise<boolean> {
  const [marked] = await tx
    .update(documents)
    .set({ ...queuedAnew(), state: "gone", cause, chunkCount: 0, indexedHash: null })
    .where(eq(documents.id, documentId))
    .returning({ baseId: documents.knowledgeBaseId });
  if (!marked) return false;
  await tx.delete(chunks).where(eq(chunks.documentId, documentId));
  await bumpBase(tx, marked.baseId);
  return true;
}

function missing(): AppError {
  return new AppError("not_found", "This document does not exist any more.");
}
