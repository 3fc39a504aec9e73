import { createHash } from "node:crypto";
import { and, eq, ne, notInArray } from "drizzle-orm";
import { type DocumentSource, documents } from "#/drizzle/schema/documents.ts";
import { knowledgeBases } from "#/drizzle/schema/knowledge-bases.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { type Author, noteChange } from "./author.ts";
import { keepFormerContent } from "./document-versions.ts";

export type NewDocument = {
  source: DocumentSource;
  /** File name or address; a document of the same origin is replaced. */
  origin: string;
  mediaType: string;
  content: Uint8Array;
  /** A program's own name for it: then this decides which document is replaced, and the same content may stand twice. */
  externalId?: string;
  title?: string;
  /** The site whose crawl found it. */
  siteId?: string;
};

export type AddOutcome =
  | { outcome: "added" | "replaced" | "unchanged"; documentId: string }
  /** The very same content is there already; nothing was stored. */
  | { outcome: "duplicate"; documentId: string; of: string };

type Before = Pick<typeof documents.$inferSelect, "id" | "contentHash" | "state" | "givenTitle">;

/** Stores a document for indexing; being stored as `queued` is all that the indexing needs to find it. */
export function addDocument(
  db: Database,
  author: Author,
  baseId: string,
  document: NewDocument,
): Promise<AddOutcome> {
  const contentHash = createHash("sha256").update(document.content).digest("hex");
  return withTenant(db, author.tenantId, async (tx) => {
    await lockBase(tx, baseId);
    const before = await sameDocument(tx, baseId, document);
    if (before && isUnchanged(before, document, contentHash))
      return { outcome: "unchanged", documentId: before.id };
    const twin = document.externalId ? undefined : await twinOf(tx, baseId, contentHash, before?.id);
    if (twin) return { outcome: "duplicate", documentId: twin.id, of: twin.origin };
    const documentId = await store(tx, { author, baseId, contentHash, before }, document);
    const outcome = before ? "replaced" : "added";
    const detail = { origin: document.origin };
    await noteChange(tx, author, { action: `document.${outcome}`, target: documentId, detail });
    return { outcome, documentId };
  });
}

/** What failed or was gone may be sent again: perhaps the reader has learned it since. */
function isUnchanged(before: Before, { title }: NewDocument, contentHash: string): boolean {
  const retitled = title !== undefined && title !== before.givenTitle;
  return (
    before.contentHash === contentHash && before.state !== "failed" && before.state !== "gone" && !retitled
  );
}

type Storing = { author: Author; baseId: string; contentHash: string; before: Before | undefined };

async function store(
  tx: TenantTransaction,
  { author, baseId, contentHash, before }: Storing,
  { title, ...document }: NewDocument,
): Promise<string> {
  const fresh = {
    ...document,
    content: Buffer.from(document.content),
    contentHash,
    ...(title !== undefined && { givenTitle: title }),
    ...queuedAnew(),
  };
  if (before) {
    if (before.contentHash !== contentHash) await keepFormerContent(tx, before.id);
    await tx.update(documents).set(fresh).where(eq(documents.id, before.id));
    return before.id;
  }
  // The real title is read from the content; until then the origin stands for it.
  const row = {
    ...fresh,
    tenantId: author.tenantId,
    knowledgeBaseId: baseId,
    title: title ?? standInTitle(document),
  };
  const [added] = await tx.insert(documents).values(row).returning({ id: documents.id });
  return added?.id ?? "";
}

function standInTitle({ source, externalId, origin }: NewDocument): string {
  return source === "api" ? (externalId ?? "Untitled document") : origin;
}

/** The columns of a document that waits to be indexed from its stored content. */
export function queuedAnew() {
  return {
    state: "queued" as const,
    stateSince: new Date(),
    cause: null,
    attempts: 0,
    claimedUntil: null,
    reindexing: false,
  };
}

async function sameDocument(
  tx: TenantTransaction,
  baseId: string,
  { externalId, origin }: NewDocument,
): Promise<Before | undefined> {
  const same = externalId === undefined ? eq(documents.origin, origin) : eq(documents.externalId, externalId);
  const [found] = await tx
    .select({
      id: documents.id,
      contentHash: documents.contentHash,
      state: documents.state,
      givenTitle: documents.givenTitle,
    })
    .from(documents)
    .where(and(eq(documents.knowledgeBaseId, baseId), same));
  return found;
}

async function twinOf(
  tx: TenantTransaction,
  baseId: string,
  contentHash: string,
  exceptId: string | undefined,
) {
  const [twin] = await tx
    .select({ id: documents.id, origin: documents.origin })
    .from(documents)
    .where(
      and(
        eq(documents.knowledgeBaseId, baseId),
        eq(documents.contentHash, contentHash),
        notInArray(documents.state, ["failed", "gone"]),
        exceptId === undefined ? undefined : ne(documents.id, exceptId),
      ),
    )
    .limit(1);
  return twin;
}

/** Two that add the same document at once follow each other; throws where there is no such base. */
async function lockBase(tx: TenantTransaction, baseId: string): Promise<void> {
  const [base] = await tx
    .select({ id: knowledgeBases.id })
    .from(knowledgeBases)
    .where(eq(knowledgeBases.id, baseId))
    .for("no key update");
  if (!base) throw new AppError("not_found", "This knowledge base does not exist any more.");
}
