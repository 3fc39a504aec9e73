import { foreignKey, index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { bytes, id, moment, tenantId, timestamps } from "./columns.ts";
import { knowledgeBases } from "./knowledge-bases.ts";

export type DocumentState = "queued" | "reading" | "embedding" | "ready" | "failed";

/** One article of a knowledge base, and how far its indexing has come. No state is silent. */
export const documents = pgTable(
  "documents",
  {
    id: id(),
    tenantId: tenantId(),
    knowledgeBaseId: uuid("knowledge_base_id").notNull(),
    title: text("title").notNull(),
    source: text("source").$type<"upload" | "web">().notNull(),
    /** File name or address. */
    origin: text("origin").notNull(),
    mediaType: text("media_type").notNull(),
    content: bytes("content"),
    contentHash: text("content_hash"),
    state: text("state").$type<DocumentState>().notNull().default("queued"),
    /** Why it failed, in words a person can act on. */
    cause: text("cause"),
    attempts: integer("attempts").notNull().default(0),
    /** While worked on: who goes silent past this moment is taken for dead and the work is started again. */
    claimedUntil: moment("claimed_until"),
    chunkCount: integer("chunk_count").notNull().default(0),
    indexedAt: moment("indexed_at"),
    ...timestamps,
  },
  (table) => [
    unique().on(table.tenantId, table.id),
    unique().on(table.tenantId, table.knowledgeBaseId, table.origin),
    index().on(table.state, table.claimedUntil),
    foreignKey({
      columns: [table.tenantId, table.knowledgeBaseId],
      foreignColumns: [knowledgeBases.tenantId, knowledgeBases.id],
    }).onDelete("cascade"),
  ],
);
