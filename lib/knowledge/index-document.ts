import { and, eq, inArray, sql } from "drizzle-orm";
import { type DocumentState, documents } from "#/drizzle/schema/documents.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError, isAppError } from "#/lib/kernel/app-error.ts";
import type { Embedder } from "./embedding/embedder.ts";
import { type Chunk, chunk } from "./reading/chunk.ts";
import { readContent } from "./reading/read-content.ts";
import { vectorTexts } from "./search/build-index.ts";
import { claimEnd, type DocumentRow, type EmbeddedChunk, storePassages } from "./store-passages.ts";

export type IndexDeps = { db: Database; embedder: Embedder };
export type DocumentPlace = { tenantId: string; documentId: string };
export type IndexOutcome = "indexed" | "failed" | "gone" | "later";

const MOST_ATTEMPTS = 3;
const CHUNKS_A_STEP = 8;
/** A book of a thousand pages; beyond it a search would find only this one. */
const MOST_PASSAGES = 4_000;

/**
 * Reads, cuts and embeds one document and puts its passages in place of the old ones. A document that
 * cannot be read says why and harms no other; what a later attempt may cure stays queued.
 */
export async function indexDocument(deps: IndexDeps, place: DocumentPlace): Promise<IndexOutcome> {
  const document = await begin(deps.db, place);
  if (!document) return "gone";
  try {
    const read = await readContent({
      content: document.content ?? "",
      name: document.origin,
      mediaType: document.mediaType,
    });
    const title = document.givenTitle ?? read.title;
    const pieces = chunk(read);
    if (pieces.length > MOST_PASSAGES) throw tooLong(pieces.length);
    const embedded = await embed(deps, place, title, pieces);
    return await storePassages(deps.db, document, { ...read, title }, embedded);
  } catch (error) {
    return noteFailure(deps.db, document, error);
  }
}

function tooLong(passages: number): AppError {
  return new AppError(
    "too_large",
    `The document has ${passages.toLocaleString("en")} passages; ${MOST_PASSAGES.toLocaleString("en")} can be indexed. Split it into smaller documents.`,
  );
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
        stateSince: new Date(),
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
  const stateSince = sql`case when ${documents.state} = ${state} then ${documents.stateSince} else now() end`;
  await withTenant(db, place.tenantId, (tx) =>
    tx
      .update(documents)
      .set({ state, stateSince, claimedUntil: claimEnd() })
      // Replaced or taken away meanwhile: then it is not ours to call it back.
      .where(and(eq(documents.id, place.documentId), inArray(documents.state, ["reading", "embedding"]))),
  );
}

/** What reading refuses is final; what the embedding model or the database failed at is tried again. */
async function noteFailure(db: Database, document: DocumentRow, error: unknown): Promise<IndexOutcome> {
  const known = isAppError(error);
  const final = (known && !error.retryable) || document.attempts >= MOST_ATTEMPTS;
  const cause = known ? error.message : "Indexing failed on our side. Retry; if it fails again, see the log.";
  const failed = { state: "failed" as const, claimedUntil: null, reindexing: false };
  const later = { state: "queued" as const, claimedUntil: claimEnd() };
  await withTenant(db, document.tenantId, (tx) =>
    tx
      .update(documents)
      .set({ ...(final ? failed : later), cause, stateSince: new Date() })
      .where(and(eq(documents.id, document.id), inArray(documents.state, ["reading", "embedding"]))),
  );
  return final ? "failed" : "later";
}
