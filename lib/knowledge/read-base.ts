import { asc, eq, sql } from "drizzle-orm";
import { chunks } from "#/drizzle/schema/chunks.ts";
import { type DocumentState, documents } from "#/drizzle/schema/documents.ts";
import { knowledgeBases } from "#/drizzle/schema/knowledge-bases.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";

export type DocumentRow = {
  id: string;
  title: string;
  source: "upload" | "web";
  origin: string;
  state: DocumentState;
  cause: string | undefined;
  chunkCount: number;
  bytes: number;
  updatedAt: Date;
};

export type BasePage = { id: string; name: string; version: number; documents: DocumentRow[] };

export type PassageView = { id: string; ordinal: number; headingPath: string[]; text: string };
export type DocumentPage = DocumentRow & { base: { id: string; name: string }; passages: PassageView[] };

const row = {
  id: documents.id,
  title: documents.title,
  source: documents.source,
  origin: documents.origin,
  state: documents.state,
  cause: documents.cause,
  chunkCount: documents.chunkCount,
  bytes: sql<number>`coalesce(octet_length(${documents.content}), 0)`,
  updatedAt: documents.updatedAt,
};

/** A base with its documents, without their content. */
export function readBase(db: Database, tenantId: string, baseId: string): Promise<BasePage | undefined> {
  return withTenant(db, tenantId, async (tx) => {
    const [base] = await tx.select().from(knowledgeBases).where(eq(knowledgeBases.id, baseId));
    if (!base) return undefined;
    const rows = await tx
      .select(row)
      .from(documents)
      .where(eq(documents.knowledgeBaseId, baseId))
      .orderBy(asc(documents.title), asc(documents.id));
    const { id, name, version } = base;
    return { id, name, version, documents: rows.map((one) => ({ ...one, cause: one.cause ?? undefined })) };
  });
}

/** A document with the passages it was cut into, in their order. */
export function readDocumentPage(
  db: Database,
  tenantId: string,
  documentId: string,
): Promise<DocumentPage | undefined> {
  return withTenant(db, tenantId, async (tx) => {
    const [found] = await tx
      .select({ ...row, base: { id: knowledgeBases.id, name: knowledgeBases.name } })
      .from(documents)
      .innerJoin(knowledgeBases, eq(knowledgeBases.id, documents.knowledgeBaseId))
      .where(eq(documents.id, documentId));
    if (!found) return undefined;
    const passages = await tx
      .select({ id: chunks.id, ordinal: chunks.ordinal, headingPath: chunks.headingPath, text: chunks.text })
      .from(chunks)
      .where(eq(chunks.documentId, documentId))
      .orderBy(asc(chunks.ordinal));
    return { ...found, cause: found.cause ?? undefined, passages };
  });
}
