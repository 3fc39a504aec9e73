import { and, eq, inArray, sql } from "drizzle-orm";
import { chunks } from "#/drizzle/schema/chunks.ts";
import { type DocumentState, documents } from "#/drizzle/schema/documents.ts";
import { knowledgeBases } from "#/drizzle/schema/knowledge-bases.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { isAppError } from "#/lib/kernel/app-error.ts";
import type { Embedder } from "./embedding/embedder.ts";
import { type Chunk, chunk } from "./reading/chunk.ts";
import { readDocument } from "./reading/read-document.ts";
import { vectorTexts } from "./search/build-index.ts";

export type IndexDeps = { db: Database; embedder: Embedder };
export type DocumentPlace = { tenantId: string; documentId: string };
export type IndexOutcome = "indexed" | "failed" | "gone" | "later";

/** Past this silence another process takes the work for abandoned. */
const CLAIM_SECONDS = 60;
const MOST_ATTEMPTS = 3;
const CHUNKS_A_STEP = 8;
const ROWS_AN_INSERT = 200;

type DocumentRow = typeof documents.$inferSelect;
type EmbeddedChunk = Chunk & { embedding: number[] };

/**
 * Reads, cuts and embeds one document and puts its passages in place of the old ones. A document that
 * cannot be read says why and harms no other; what a later attempt may cure stays queued.
 */
export async function indexDocument(deps: IndexDeps, place: DocumentPlace): Promise<IndexOutcome> {
  const document = await begin(deps.db, place);
  if (!document) return "gone";
  try {
    const read = readDocument({
      content: document.content ?? "",
      name: document.origin,
      mediaType: document.mediaType,
    });
    const pieces = chunk(read);
    const embedded = await embed(deps, place, read.title, pieces);
    return await store(deps.db, document, read.title, embedded);
  } catch (error) {
    return noteFailure(deps.db, document, error);
  }
}

async function begin(
  db: Database,
  { tenantId, documentId }: DocumentPlace,
): Promise<DocumentRow | undefined> {
  return withTenant(db, tenantId, async (tx) => {
    const [row] = await tx
      .update(documents)
      .set({
        state: "reading",
        cause: null,
        attempts: sql`${documents.attempts} + 1`,
        claimedUntil: claimEnd(),
      })
      .where(and(eq(documents.id, documentId), inArray(documents.state, ["queued", "reading", "embedding"])))
      .returning();
    return row;
  });
}

async function embed(
  { db, embedder }: IndexDeps,
  place: DocumentPlace,
  title: string,
  pieces: readonly Chunk[],
): Promise<EmbeddedChunk[]> {
  const embedded: EmbeddedChunk[] = [];
  for (let from = 0; from < pieces.length; from += CHUNKS_A_STEP) {
    await setState(db, place, "embedding");
    const step = pieces.slice(from, from + CHUNKS_A_STEP);
    const texts = step.map((piece) => vectorTexts({ title, ...piece }));
    const vectors = await embedder.embed(texts.flat());
    let next = 0;
    for (const [index, piece] of step.entries()) {
      const count = texts[index]?.length ?? 0;
      const own = vectors.slice(next, next + count);
      embedded.push({ ...piece, embedding: own.flatMap((vector) => [...vector]) });
      next += count;
    }
  }
  return embedded;
}

/** Doubles as the sign of life: the claim moves on with each step. */
async function setState(db: Database, place: DocumentPlace, state: DocumentState): Promise<void> {
  await withTenant(db, place.tenantId, (tx) =>
    tx.update(documents).set({ state, claimedUntil: claimEnd() }).where(eq(documents.id, place.documentId)),
  );
}

function store(
  db: Database,
  document: DocumentRow,
  title: string,
  embedded: readonly EmbeddedChunk[],
): Promise<IndexOutcome> {
  const { tenantId, knowledgeBaseId, id } = document;
  return withTenant(db, tenantId, async (tx) => {
    const [kept] = await tx
      .update(documents)
      .set({
        state: "ready",
        title,
        cause: null,
        attempts: 0,
        claimedUntil: null,
        chunkCount: embedded.length,
        indexedAt: new Date(),
      })
      // Deleted, or replaced by a newer upload, while we were at work: then this result is nobody's.
      .where(
        and(eq(documents.id, id), sql`${documents.contentHash} is not distinct from ${document.contentHash}`),
      )
      .returning({ id: documents.id });
    if (!kept) return "gone";
    await tx.delete(chunks).where(eq(chunks.documentId, id));
    const rows = embedded.map((piece) => ({ ...piece, tenantId, knowledgeBaseId, documentId: id }));
    for (let from = 0; from < rows.length; from += ROWS_AN_INSERT)
      await tx.insert(chunks).values(rows.slice(from, from + ROWS_AN_INSERT));
    await tx
      .update(knowledgeBases)
      .set({ version: sql`${knowledgeBases.version} + 1` })
      .where(eq(knowledgeBases.id, knowledgeBaseId));
    return "indexed";
  });
}

/** What reading refuses is final; what the embedding model or the database failed at is tried again. */
async function noteFailure(db: Database, document: DocumentRow, error: unknown): Promise<IndexOutcome> {
  const known = isAppError(error);
  const final = (known && !error.retryable) || document.attempts >= MOST_ATTEMPTS;
  const cause = known ? error.message : "Indexing failed on our side. Retry; if it fails again, see the log.";
  await withTenant(db, document.tenantId, (tx) =>
    tx
      .update(documents)
      .set({ state: final ? "failed" : "queued", cause, claimedUntil: final ? null : claimEnd() })
      .where(eq(documents.id, document.id)),
  );
  return final ? "failed" : "later";
}

function claimEnd() {
  return sql`now() + make_interval(secs => ${CLAIM_SECONDS})`;
}
