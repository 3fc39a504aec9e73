import { and, eq } from "drizzle-orm";
import { documents } from "#/drizzle/schema/documents.ts";
import { knowledgeBases } from "#/drizzle/schema/knowledge-bases.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { type DocumentRow, documentColumns, documentRow } from "./list-documents.ts";

/** A document as programs see it. */
export function apiDocument(row: DocumentRow) {
  return {
    id: row.id,
    externalId: row.externalId ?? null,
    title: row.title,
    source: row.siteId === undefined ? row.source : "site",
    origin: row.origin,
    mediaType: row.mediaType,
    bytes: row.bytes,
    pages: row.pageCount ?? null,
    passages: row.chunkCount,
    state: row.state,
    stateSince: row.stateSince.toISOString(),
    /** Why it is no further, in words. */
    cause: row.cause ?? null,
    version: row.textVersion,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    indexedAt: row.indexedAt?.toISOString() ?? null,
  };
}

export type DocumentKey = { baseId: string } & ({ id: string } | { externalId: string });

/** One document of a base, by its id or by the program's own; throws `not_found`. */
export function findDocument(db: Database, tenantId: string, key: DocumentKey): Promise<DocumentRow> {
  return withTenant(db, tenantId, async (tx) => {
    const same = "id" in key ? eq(documents.id, key.id) : eq(documents.externalId, key.externalId);
    const [found] = await tx
      .select(documentColumns)
      .from(documents)
      .where(and(eq(documents.knowledgeBaseId, key.baseId), same));
    if (!found) throw new AppError("not_found", "There is no such document in this knowledge base.");
    return documentRow(found);
  });
}

/** Throws `not_found` for a base that is not the tenant's. */
export function assertBase(db: Database, tenantId: string, baseId: string): Promise<void> {
  return withTenant(db, tenantId, async (tx) => {
    const [base] = await tx
      .select({ id: knowledgeBases.id })
      .from(knowledgeBases)
      .where(eq(knowledgeBases.id, baseId));
    if (!base) throw new AppError("not_found", "There is no such knowledge base.");
  });
}
