import { and, eq, sql } from "drizzle-orm";
import { chunks } from "#/drizzle/schema/chunks.ts";
import { documents } from "#/drizzle/schema/documents.ts";
import { knowledgeBases } from "#/drizzle/schema/knowledge-bases.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { noteVersion, plainTextOf } from "./document-versions.ts";
import type { Chunk } from "./reading/chunk.ts";
import type { ReadDocument } from "./reading/read-document.ts";

export type DocumentRow = typeof documents.$inferSelect;
export type EmbeddedChunk = Chunk & { embedding: number[] };

/** Past this silence another process takes the work for abandoned. */
const CLAIM_SECONDS = 60;
const ROWS_AN_INSERT = 200;

export function claimEnd() {
  return sql`now() + make_interval(secs => ${CLAIM_SECONDS})`;
}

/**
 * Puts a document's passages in place of the old ones and notes the version of its text. A passage whose words
 * did not change keeps its id, so that cards which cite it still open it and are still counted for it.
 */
export function storePassages(
  db: Database,
  document: DocumentRow,
  read: ReadDocument,
  embedded: readonly EmbeddedChunk[],
): Promise<"indexed" | "gone"> {
  const { tenantId, knowledgeBaseId, id } = document;
  return withTenant(db, tenantId, async (tx) => {
    // Deleted, or replaced by newer content, while we were at work: then this result is nobody's.
    const [kept] = await tx
      .select({ id: documents.id })
      .from(documents)
      .where(and(eq(documents.id, id), isStill(document)))
      .for("update");
    if (!kept) return "gone";
    const textVersion = await noteVersion(tx, document, { title: read.title, text: plainTextOf(read) });
    const ids = await keptIds(tx, id, embedded);
    await tx.delete(chunks).where(eq(chunks.documentId, id));
    const rows = embedded.map((piece, i) => {
      const own = { ...piece, tenantId, knowledgeBaseId, documentId: id };
      return ids[i] === undefined ? own : { ...own, id: ids[i] };
    });
    for (let from = 0; from < rows.length; from += ROWS_AN_INSERT)
      await tx.insert(chunks).values(rows.slice(from, from + ROWS_AN_INSERT));
    await tx
      .update(documents)
      .set({ ...ready(document, read), textVersion, chunkCount: embedded.length })
      .where(eq(documents.id, id));
    await bumpBase(tx, knowledgeBaseId);
    return "indexed";
  });
}

/** Has every search load the base anew. */
export async function bumpBase(tx: TenantTransaction, baseId: string): Promise<void> {
  await tx
    .update(knowledgeBases)
    .set({ version: sql`${knowledgeBases.version} + 1` })
    .where(eq(knowledgeBases.id, baseId));
}

const isStill = ({ contentHash }: DocumentRow) =>
  sql`${documents.contentHash} is not distinct from ${contentHash} and ${documents.state} <> 'gone'`;

function ready(document: DocumentRow, read: ReadDocument) {
  const at = new Date();
  return {
    state: "ready" as const,
    stateSince: at,
    indexedAt: at,
    title: read.title,
    pageCount: read.pages ?? null,
    indexedHash: document.contentHash,
    cause: null,
    attempts: 0,
    claimedUntil: null,
    reindexing: false,
  };
}

/** For each new passage the id that the same words had before, each id given once. */
async function keptIds(
  tx: TenantTransaction,
  documentId: string,
  embedded: readonly EmbeddedChunk[],
): Promise<(string | undefined)[]> {
  const before = await tx
    .select({ id: chunks.id, headingPath: chunks.headingPath, text: chunks.text })
    .from(chunks)
    .where(eq(chunks.documentId, documentId))
    .orderBy(chunks.ordinal);
  const free = Map.groupBy(before, keyOf);
  return embedded.map((piece) => free.get(keyOf(piece))?.shift()?.id);
}

const keyOf = ({ headingPath, text }: Pick<Chunk, "headingPath" | "text">) =>
  JSON.stringify([headingPath, text]);
