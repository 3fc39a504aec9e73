import { and, eq, inArray, sql } from "drizzle-orm";
import { documents } from "#/drizzle/schema/documents.ts";
import { knowledgeBases } from "#/drizzle/schema/knowledge-bases.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { type Actor, audit } from "#/lib/tenancy/audit.ts";
import { queuedAnew } from "./add-document.ts";

/**
 * Has every document of a base indexed anew. The passages of before stay in use until a document's own are
 * replaced. Nothing is announced: the sweeper takes them in turn, behind what people upload meanwhile.
 */
export function reindexBase(db: Database, actor: Actor, baseId: string): Promise<number> {
  return withTenant(db, actor.tenantId, async (tx) => {
    const queued = await tx
      .update(documents)
      .set({ ...queuedAnew(), reindexing: true })
      .where(and(eq(documents.knowledgeBaseId, baseId), inArray(documents.state, ["ready", "failed"])))
      .returning({ id: documents.id });
    if (queued.length === 0)
      throw new AppError("invalid_input", "There is no document that could be indexed anew.");
    await tx
      .update(knowledgeBases)
      .set({ reindexStartedAt: new Date(), reindexTotal: queued.length })
      .where(eq(knowledgeBases.id, baseId));
    const detail = { documents: String(queued.length) };
    await audit(tx, actor, { action: "knowledge.reindexed", target: baseId, detail });
    return queued.length;
  });
}

/** Leaves those that were not reached as they were; what is being read goes on to its end. */
export function cancelReindex(db: Database, actor: Actor, baseId: string): Promise<number> {
  const isIndexed = sql`${documents.indexedHash} is not distinct from ${documents.contentHash}`;
  return withTenant(db, actor.tenantId, async (tx) => {
    const left = await tx
      .update(documents)
      .set({
        state: sql`case when ${isIndexed} then 'ready' else 'failed' end`,
        cause: sql`case when ${isIndexed} then null else 'It had failed before, and indexing it anew was cancelled. Retry.' end`,
        stateSince: new Date(),
        claimedUntil: null,
        reindexing: false,
      })
      .where(
        and(
          eq(documents.knowledgeBaseId, baseId),
          eq(documents.reindexing, true),
          eq(documents.state, "queued"),
        ),
      )
      .returning({ id: documents.id });
    const detail = { left: String(left.length) };
    await audit(tx, actor, { action: "knowledge.reindex-cancelled", target: baseId, detail });
    return left.length;
  });
}
