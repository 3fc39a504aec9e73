import { foreignKey, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { bytes, createdAt, id, tenantId } from "./columns.ts";
import { documents } from "./documents.ts";

/** What a document said: one row for each text that was indexed, the latest included; the oldest are let go. */
export const documentVersions = pgTable(
  "document_versions",
  {
    id: id(),
    tenantId: tenantId(),
    documentId: uuid("document_id").notNull(),
    number: integer("number").notNull(),
    title: text("title").notNull(),
    /** Headings and text as they were read. */
    text: text("text").notNull(),
    words: integer("words").notNull(),
    mediaType: text("media_type").notNull(),
    contentHash: text("content_hash"),
    /** The stored content, moved here when the document gets another; null while it is the document's own. */
    content: bytes("content"),
    createdAt: createdAt(),
  },
  (table) => [
    unique().on(table.tenantId, table.documentId, table.number),
    foreignKey({
      columns: [table.tenantId, table.documentId],
      foreignColumns: [documents.tenantId, documents.id],
    }).onDelete("cascade"),
  ],
);
