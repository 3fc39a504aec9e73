import { sql } from "drizzle-orm";
import {
  boolean,
  foreignKey,
  index,
  integer,
  pgTable,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { bytes, id, moment, tenantId, timestamps } from "./columns.ts";
import { knowledgeBases } from "./knowledge-bases.ts";
import { sites } from "./sites.ts";

/** `gone`: the site that it came from has it no more; it is kept, and found by no search. */
export type DocumentState = "queued" | "reading" | "embedding" | "ready" | "failed" | "gone";
export type DocumentSource = "upload" | "web" | "api";

/** One article of a knowledge base, and how far its indexing has come. No state is silent. */
export const documents = pgTable(
  "documents",
  {
    id: id(),
    tenantId: tenantId(),
    knowledgeBaseId: uuid("knowledge_base_id").notNull(),
    title: text("title").notNull(),
    source: text("source").$type<DocumentSource>().notNull(),
    /** File name or address. */
    origin: text("origin").notNull(),
    /** The name that a program gave it, by which it is put and deleted. */
    externalId: text("external_id"),
    /** A title that its owner chose; without one it is read from the content. */
    givenTitle: text("given_title"),
    /** The site whose crawl found it. */
    siteId: uuid("site_id"),
    mediaType: text("media_type").notNull(),
    content: bytes("content"),
    contentHash: text("content_hash"),
    /** The hash of the content that its passages were made of. */
    indexedHash: text("indexed_hash"),
    state: text("state").$type<DocumentState>().notNull().default("queued"),
    stateSince: moment("state_since").notNull().defaultNow(),
    /** Why it failed, in words a person can act on. */
    cause: text("cause"),
    attempts: integer("attempts").notNull().default(0),
    /** While worked on: who goes silent past this moment is taken for dead and the work is started again. */
    claimedUntil: moment("claimed_until"),
    chunkCount: integer("chunk_count").notNull().default(0),
    indexedAt: moment("indexed_at"),
    /** The number of its latest text; see `document_versions`. */
    textVersion: integer("text_version").notNull().default(0),
    pageCount: integer("page_count"),
    /** Waits because its whole base is indexed anew, which may be cancelled. */
    reindexing: boolean("reindexing").notNull().default(false),
    ...timestamps,
  },
  (table) => [
    unique().on(table.tenantId, table.id),
    unique().on(table.tenantId, table.knowledgeBaseId, table.origin),
    index().on(table.state, table.claimedUntil),
    uniqueIndex("documents_external_id").on(table.tenantId, table.knowledgeBaseId, table.externalId),
    index().on(table.tenantId, table.knowledgeBaseId, table.contentHash),
    index("documents_by_title").on(
      table.tenantId,
      table.knowledgeBaseId,
      sql`lower(${table.title}) collate "C"`,
      table.id,
    ),
    index("documents_by_age").on(table.tenantId, table.knowledgeBaseId, table.id),
    index("documents_by_site").on(table.tenantId, table.siteId),
    foreignKey({
      columns: [table.tenantId, table.siteId],
      foreignColumns: [sites.tenantId, sites.id],
    }).onDelete("cascade"),
    foreignKey({
      columns: [table.tenantId, table.knowledgeBaseId],
      foreignColumns: [knowledgeBases.tenantId, knowledgeBases.id],
    }).onDelete("cascade"),
  ],
);
