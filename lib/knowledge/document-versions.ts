import { and, desc, eq, lte, sql } from "drizzle-orm";
import { documentVersions } from "#/drizzle/schema/document-versions.ts";
import { documents } from "#/drizzle/schema/documents.ts";
import type { TenantTransaction } from "#/lib/db/database.ts";
import type { ReadDocument } from "./reading/read-document.ts";
import { wordCount } from "./reading/sentences.ts";

/** Beyond these the oldest is let go. */
export const MOST_VERSIONS = 10;

/** A document as one text for people who compare: headings on lines of their own. */
export function plainTextOf({ sections }: ReadDocument): string {
  let shown: readonly string[] = [];
  const parts = sections.map(({ headingPath, text }) => {
    const fresh = headingPath.findIndex((heading, i) => heading !== shown[i]);
    const headings = fresh < 0 ? [] : headingPath.slice(fresh);
    const first = headingPath.length - headings.length;
    shown = headingPath;
    return [...headings.map((heading, i) => `${"#".repeat(first + i + 2)} ${heading}`), text].join("\n");
  });
  return parts.join("\n\n");
}

/** Before a document gets other content: what it holds now goes to the version that was made of it. */
export async function keepFormerContent(tx: TenantTransaction, documentId: string): Promise<void> {
  await tx.execute(sql`
    update document_versions v set content = d.content from documents d
    where d.id = ${documentId} and v.document_id = d.id and v.number = d.text_version
      and v.content is null and v.content_hash is not distinct from d.content_hash`);
}

type Indexed = { id: string; tenantId: string; mediaType: string; contentHash: string | null };

/** Notes the text that was indexed, if it is another than before; the number of the latest. */
export async function noteVersion(
  tx: TenantTransaction,
  document: Indexed,
  { title, text }: { title: string; text: string },
): Promise<number> {
  const [latest] = await tx
    .select({ id: documentVersions.id, number: documentVersions.number, text: documentVersions.text })
    .from(documentVersions)
    .where(eq(documentVersions.documentId, document.id))
    .orderBy(desc(documentVersions.number))
    .limit(1);
  const { mediaType, contentHash } = document;
  if (latest?.text === text) {
    // The words are the same in other bytes: the version stands for these now.
    const same = { title, mediaType, contentHash, content: null };
    await tx.update(documentVersions).set(same).where(eq(documentVersions.id, latest.id));
    return latest.number;
  }
  const number = (latest?.number ?? 0) + 1;
  await tx.insert(documentVersions).values({
    tenantId: document.tenantId,
    documentId: document.id,
    number,
    title,
    text,
    words: wordCount(text),
    mediaType,
    contentHash,
  });
  await tx
    .delete(documentVersions)
    .where(
      and(eq(documentVersions.documentId, document.id), lte(documentVersions.number, number - MOST_VERSIONS)),
    );
  return number;
}

/** The content of one version: its own, or the document's where it is the latest. */
export async function contentOfVersion(tx: TenantTransaction, documentId: string, number: number) {
  const [found] = await tx
    .select({
      own: documentVersions.content,
      current: documents.content,
      isCurrent: sql<boolean>`${documents.textVersion} = ${documentVersions.number}`,
      mediaType: documentVersions.mediaType,
    })
    .from(documentVersions)
    .innerJoin(documents, eq(documents.id, documentVersions.documentId))
    .where(and(eq(documentVersions.documentId, documentId), eq(documentVersions.number, number)));
  const content = found?.own ?? (found?.isCurrent ? found.current : null);
  return found && content ? { content, mediaType: found.mediaType } : undefined;
}
