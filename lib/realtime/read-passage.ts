import { and, between, eq, sql } from "drizzle-orm";
import { chunks } from "#/drizzle/schema/chunks.ts";
import { documents } from "#/drizzle/schema/documents.ts";
import { suggestions } from "#/drizzle/schema/suggestions.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { conversationAt } from "./read-durable.ts";
import type { PassageAnswer } from "./requests.ts";
import type { Place } from "./rooms.ts";

const CONTEXT_CHARACTERS = 300;

/**
 * A passage with the words around it. Only what a card of this conversation cites can be opened:
 * a widget's token is no key to the knowledge base.
 */
export async function readPassage(
  db: Database,
  place: Place,
  chunkId: string,
): Promise<Extract<PassageAnswer, { ok: true }>> {
  return withTenant(db, place.tenantId, async (tx) => {
    const conversation = await conversationAt(tx, place);
    if (!conversation || !(await isCited(tx, conversation.id, chunkId)))
      throw new AppError("not_found", "No card of this conversation cites this passage.");
    const [passage] = await tx
      .select({ chunk: chunks, title: documents.title, origin: documents.origin })
      .from(chunks)
      .innerJoin(documents, eq(documents.id, chunks.documentId))
      .where(eq(chunks.id, chunkId));
    if (!passage) throw new AppError("not_found", "The article has changed since; this passage is gone.");
    const { chunk, title, origin } = passage;
    const around = await tx
      .select({ ordinal: chunks.ordinal, text: chunks.text })
      .from(chunks)
      .where(
        and(
          eq(chunks.documentId, chunk.documentId),
          between(chunks.ordinal, chunk.ordinal - 1, chunk.ordinal + 1),
        ),
      );
    const textAt = (ordinal: number) => around.find((each) => each.ordinal === ordinal)?.text ?? "";
    return {
      ok: true,
      title,
      origin,
      headingPath: chunk.headingPath,
      before: lastWords(textAt(chunk.ordinal - 1)),
      text: chunk.text,
      after: firstWords(textAt(chunk.ordinal + 1)),
    };
  });
}

async function isCited(tx: TenantTransaction, conversationId: string, chunkId: string): Promise<boolean> {
  const [citing] = await tx
    .select({ id: suggestions.id })
    .from(suggestions)
    .where(
      and(
        eq(suggestions.conversationId, conversationId),
        sql`${suggestions.body} @> ${JSON.stringify({ sources: [{ chunkId }] })}::jsonb`,
      ),
    )
    .limit(1);
  return citing !== undefined;
}

function lastWords(text: string): string {
  return text.length <= CONTEXT_CHARACTERS
    ? text
    : `… ${text.slice(-CONTEXT_CHARACTERS).replace(/^\S*\s/, "")}`;
}

function firstWords(text: string): string {
  return text.length <= CONTEXT_CHARACTERS
    ? text
    : `${text.slice(0, CONTEXT_CHARACTERS).replace(/\s\S*$/, "")} …`;
}
