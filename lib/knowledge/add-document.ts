import { createHash } from "node:crypto";
import { and, eq, ne } from "drizzle-orm";
import { documents } from "#/drizzle/schema/documents.ts";
import { knowledgeBases } from "#/drizzle/schema/knowledge-bases.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { type Actor, audit } from "#/lib/tenancy/audit.ts";

export type NewDocument = {
  source: "upload" | "web";
  /** File name or address; a document of the same origin is replaced. */
  origin: string;
  mediaType: string;
  content: Uint8Array;
};

export type AddOutcome =
  | { outcome: "added" | "replaced"; documentId: string }
  /** The very same content is there already; nothing was stored. */
  | { outcome: "duplicate"; documentId: string; of: string };

/** Stores a document for indexing; being stored as `queued` is all that the indexing needs to find it. */
export function addDocument(
  db: Database,
  actor: Actor,
  baseId: string,
  document: NewDocument,
): Promise<AddOutcome> {
  const contentHash = createHash("sha256").update(document.content).digest("hex");
  return withTenant(db, actor.tenantId, async (tx) => {
    await refuseUnknownBase(tx, baseId);
    const [same] = await tx
      .select({ id: documents.id, origin: documents.origin })
      .from(documents)
      .where(
        and(
          eq(documents.knowledgeBaseId, baseId),
          eq(documents.contentHash, contentHash),
          // What failed may be sent again: perhaps the reader has learned it since.
          ne(documents.state, "failed"),
        ),
      );
    if (same) return { outcome: "duplicate", documentId: same.id, of: same.origin };
    const fresh = {
      ...document,
      content: Buffer.from(document.content),
      contentHash,
      state: "queued" as const,
      cause: null,
      attempts: 0,
      claimedUntil: null,
    };
    const [before] = await tx
      .select({ id: documents.id })
      .from(documents)
      .where(and(eq(documents.knowledgeBaseId, baseId), eq(documents.origin, document.origin)));
    const documentId =
      before?.id ?? (await insert(tx, { ...fresh, tenantId: actor.tenantId, knowledgeBaseId: baseId }));
    if (before) await tx.update(documents).set(fresh).where(eq(documents.id, before.id));
    const outcome = before ? "replaced" : "added";
    await audit(tx, actor, {
      action: `document.${outcome}`,
      target: documentId,
      detail: { origin: document.origin },
    });
    return { outcome, documentId };
  });
}

async function insert(
  tx: TenantTransaction,
  row: Omit<typeof documents.$inferInsert, "title">,
): Promise<string> {
  // The real title is read from the content; until then the origin stands for it.
  const [added] = await tx
    .insert(documents)
    .values({ ...row, title: row.origin })
    .returning({ id: documents.id });
  return added?.id ?? "";
}

async function refuseUnknownBase(tx: TenantTransaction, baseId: string): Promise<void> {
  const [base] = await tx
    .select({ id: knowledgeBases.id })
    .from(knowledgeBases)
    .where(eq(knowledgeBases.id, baseId));
  if (!base) throw new AppError("not_found", "This knowledge base does not exist any more.");
}
