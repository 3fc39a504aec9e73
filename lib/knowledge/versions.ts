import { createHash } from "node:crypto";
import { and, desc, eq, sql } from "drizzle-orm";
import { documentVersions } from "#/drizzle/schema/document-versions.ts";
import { documents } from "#/drizzle/schema/documents.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { type Actor, audit } from "#/lib/tenancy/audit.ts";
import { queuedAnew } from "./add-document.ts";
import { contentOfVersion, keepFormerContent } from "./document-versions.ts";

export type VersionRow = {
  number: number;
  title: string;
  words: number;
  createdAt: Date;
  restorable: boolean;
};

/** The texts that a document had, latest first. */
export function listVersions(db: Database, tenantId: string, documentId: string): Promise<VersionRow[]> {
  return withTenant(db, tenantId, (tx) =>
    tx
      .select({
        number: documentVersions.number,
        title: documentVersions.title,
        words: documentVersions.words,
        createdAt: documentVersions.createdAt,
        restorable: sql<boolean>`${documentVersions.content} is not null`,
      })
      .from(documentVersions)
      .where(eq(documentVersions.documentId, documentId))
      .orderBy(desc(documentVersions.number)),
  );
}

/** The text of one version; undefined for one that was let go. */
export function readVersionText(
  db: Database,
  tenantId: string,
  { documentId, number }: { documentId: string; number: number },
): Promise<string | undefined> {
  return withTenant(db, tenantId, async (tx) => {
    const [found] = await tx
      .select({ text: documentVersions.text })
      .from(documentVersions)
      .where(and(eq(documentVersions.documentId, documentId), eq(documentVersions.number, number)));
    return found?.text;
  });
}

/** Makes a former version the document's content again and has it indexed; it becomes the latest version. */
export function restoreVersion(
  db: Database,
  actor: Actor,
  { documentId, number }: { documentId: string; number: number },
): Promise<void> {
  return withTenant(db, actor.tenantId, async (tx) => {
    const former = await contentOfVersion(tx, documentId, number);
    if (!former) throw new AppError("not_found", "This version is no longer kept.");
    await keepFormerContent(tx, documentId);
    const contentHash = createHash("sha256").update(former.content).digest("hex");
    const restored = { ...former, contentHash, ...queuedAnew() };
    const found = await tx.update(documents).set(restored).where(eq(documents.id, documentId)).returning();
    if (found.length === 0) throw new AppError("not_found", "This document does not exist any more.");
    const detail = { version: String(number) };
    await audit(tx, actor, { action: "document.restored", target: documentId, detail });
  });
}
