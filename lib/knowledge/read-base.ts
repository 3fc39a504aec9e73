import { asc, eq, sql } from "drizzle-orm";
import { chunks } from "#/drizzle/schema/chunks.ts";
import { documents } from "#/drizzle/schema/documents.ts";
import { knowledgeBases } from "#/drizzle/schema/knowledge-bases.ts";
import { suggestions } from "#/drizzle/schema/suggestions.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { type DocumentRow, documentColumns, documentRow } from "./list-documents.ts";
import { wordCount } from "./reading/sentences.ts";

export type BasePage = {
  id: string;
  name: string;
  version: number;
  documents: number;
  inWork: number;
  failed: number;
  gone: number;
  passages: number;
  /** The round in which all documents are indexed anew, while it goes on. */
  reindex: { startedAt: Date; total: number; left: number } | undefined;
};

export type PassageView = {
  id: string;
  ordinal: number;
  headingPath: string[];
  text: string;
  page: number | undefined;
  words: number;
  /** Cards of the last ninety days that cite it. */
  cited: number;
};
export type DocumentPage = DocumentRow & { base: { id: string; name: string }; passages: PassageView[] };

export const CITED_DAYS = 90;

const countIf = (condition: ReturnType<typeof sql>) =>
  sql<number>`(count(*) filter (where ${condition}))::int`;

/** A base and how its documents are, without the documents. */
export function readBase(db: Database, tenantId: string, baseId: string): Promise<BasePage | undefined> {
  return withTenant(db, tenantId, async (tx) => {
    const [base] = await tx.select().from(knowledgeBases).where(eq(knowledgeBases.id, baseId));
    if (!base) return undefined;
    const [counts] = await tx
      .select({
        documents: sql<number>`count(*)::int`,
        inWork: countIf(sql`${documents.state} in ('queued', 'reading', 'embedding')`),
        failed: countIf(sql`${documents.state} = 'failed'`),
        gone: countIf(sql`${documents.state} = 'gone'`),
        passages: sql<number>`coalesce(sum(${documents.chunkCount}), 0)::int`,
        left: countIf(sql`${documents.reindexing}`),
      })
      .from(documents)
      .where(eq(documents.knowledgeBaseId, baseId));
    const { left = 0, ...shown } = counts ?? { documents: 0, inWork: 0, failed: 0, gone: 0, passages: 0 };
    const { id, name, version, reindexStartedAt: startedAt, reindexTotal: total } = base;
    const reindex = startedAt && left > 0 ? { startedAt, total: Math.max(total, left), left } : undefined;
    return { id, name, version, ...shown, reindex };
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
      .select({ ...documentColumns, base: { id: knowledgeBases.id, name: knowledgeBases.name } })
      .from(documents)
      .innerJoin(knowledgeBases, eq(knowledgeBases.id, documents.knowledgeBaseId))
      .where(eq(documents.id, documentId));
    if (!found) return undefined;
    const { base, ...row } = found;
    const passages = await tx
      .select({
        id: chunks.id,
        ordinal: chunks.ordinal,
        headingPath: chunks.headingPath,
        text: chunks.text,
        page: chunks.page,
      })
      .from(chunks)
      .where(eq(chunks.documentId, documentId))
      .orderBy(asc(chunks.ordinal));
    const cited = await citationsOf(tx, documentId);
    return {
      ...documentRow(row),
      base,
      passages: passages.map((passage) => ({
        ...passage,
        page: passage.page ?? undefined,
        words: wordCount(passage.text),
        cited: cited.get(passage.id) ?? 0,
      })),
    };
  });
}

async function citationsOf(tx: TenantTransaction, documentId: string): Promise<Map<string, number>> {
  const wanted = JSON.stringify([{ documentId }]);
  const rows = await tx.execute<{ id: string; cards: number }>(sql`
    select source->>'chunkId' as id, count(*)::int as cards
    from ${suggestions}, jsonb_array_elements(${suggestions.body}->'sources') as source
    where (${suggestions.body}->'sources') @> ${wanted}::jsonb and source->>'documentId' = ${documentId}
      and ${suggestions.createdAt} > now() - make_interval(days => ${CITED_DAYS})
    group by 1`);
  return new Map([...rows].map(({ id, cards }) => [id, cards]));
}
