import { and, asc, desc, eq, ilike, inArray, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import { type DocumentSource, type DocumentState, documents } from "#/drizzle/schema/documents.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { cursorText, type DocumentFilter } from "./document-filter.ts";

export type DocumentRow = {
  id: string;
  title: string;
  source: DocumentSource;
  origin: string;
  externalId: string | undefined;
  siteId: string | undefined;
  mediaType: string;
  state: DocumentState;
  stateSince: Date;
  cause: string | undefined;
  attempts: number;
  chunkCount: number;
  pageCount: number | undefined;
  textVersion: number;
  bytes: number;
  createdAt: Date;
  updatedAt: Date;
  indexedAt: Date | undefined;
};

export type DocumentPageOfList = { rows: DocumentRow[]; next: string | undefined; matching: number };

const PAGE_ROWS = 100;

export const documentColumns = {
  id: documents.id,
  title: documents.title,
  source: documents.source,
  origin: documents.origin,
  externalId: documents.externalId,
  siteId: documents.siteId,
  mediaType: documents.mediaType,
  state: documents.state,
  stateSince: documents.stateSince,
  cause: documents.cause,
  attempts: documents.attempts,
  chunkCount: documents.chunkCount,
  pageCount: documents.pageCount,
  textVersion: documents.textVersion,
  bytes: sql<number>`coalesce(octet_length(${documents.content}), 0)`,
  createdAt: documents.createdAt,
  updatedAt: documents.updatedAt,
  indexedAt: documents.indexedAt,
};

type Nullable<T> = { [K in keyof T]: undefined extends T[K] ? Exclude<T[K], undefined> | null : T[K] };

export function documentRow(row: Nullable<DocumentRow>): DocumentRow {
  return {
    ...row,
    externalId: row.externalId ?? undefined,
    siteId: row.siteId ?? undefined,
    cause: row.cause ?? undefined,
    pageCount: row.pageCount ?? undefined,
    indexedAt: row.indexedAt ?? undefined,
  };
}

const sortTitle = sql<string>`lower(${documents.title}) collate "C"`;

/** One page of a base's documents, from the row behind the cursor on. */
export function listDocuments(
  db: Database,
  tenantId: string,
  { baseId, filter, limit = PAGE_ROWS }: { baseId: string; filter: DocumentFilter; limit?: number },
): Promise<DocumentPageOfList> {
  return withTenant(db, tenantId, async (tx) => {
    const matching = and(eq(documents.knowledgeBaseId, baseId), ...conditions(filter));
    const found = await tx
      .select({ ...documentColumns, sortTitle })
      .from(documents)
      .where(and(matching, behind(filter)))
      .orderBy(...(filter.order === "newest" ? [desc(documents.id)] : [asc(sortTitle), asc(documents.id)]))
      .limit(limit + 1);
    const rows = found.slice(0, limit);
    const last = rows.at(-1);
    const more = found.length > limit && last !== undefined;
    return {
      rows: rows.map(({ sortTitle: _, ...row }) => documentRow(row)),
      next: more ? cursorText({ title: last.sortTitle, id: last.id }) : undefined,
      matching: await countOf(tx, matching),
    };
  });
}

async function countOf(tx: TenantTransaction, where: SQL | undefined): Promise<number> {
  const [row] = await tx.select({ count: sql<number>`count(*)::int` }).from(documents).where(where);
  return row?.count ?? 0;
}

function behind({ after, order }: DocumentFilter): SQL | undefined {
  if (!after) return undefined;
  if (order === "newest") return sql`${documents.id} < ${after.id}::uuid`;
  return sql`(${sortTitle}, ${documents.id}) > (${after.title} collate "C", ${after.id}::uuid)`;
}

function conditions({ states, sources, siteId, text }: DocumentFilter): (SQL | undefined)[] {
  const part = text && `%${text.replaceAll(/[\\%_]/g, "\\$&")}%`;
  return [
    states.length > 0 ? inArray(documents.state, states) : undefined,
    sources.length > 0 ? or(...sources.map(isOfSource)) : undefined,
    siteId ? eq(documents.siteId, siteId) : undefined,
    part
      ? or(ilike(documents.title, part), ilike(documents.origin, part), ilike(documents.externalId, part))
      : undefined,
  ];
}

function isOfSource(source: DocumentSource | "site"): SQL | undefined {
  if (source === "site") return isNotNull(documents.siteId);
  return and(eq(documents.source, source), isNull(documents.siteId));
}
