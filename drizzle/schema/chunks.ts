import { foreignKey, index, integer, pgTable, real, text, unique, uuid } from "drizzle-orm/pg-core";
import { id, tenantId } from "./columns.ts";
import { documents } from "./documents.ts";

/** A passage: what is searched, cited and opened. */
export const chunks = pgTable(
  "chunks",
  {
    id: id(),
    tenantId: tenantId(),
    knowledgeBaseId: uuid("knowledge_base_id").notNull(),
    documentId: uuid("document_id").notNull(),
    ordinal: integer("ordinal").notNull(),
    headingPath: text("heading_path").array().notNull().default([]),
    text: text("text").notNull(),
    /** The page that it begins on, where the document has pages. */
    page: integer("page"),
    /** The unit vectors of `vectorTexts(chunk)`, one after another; null while no engine has seen it. */
    embedding: real("embedding").array(),
  },
  (table) => [
    unique().on(table.tenantId, table.documentId, table.ordinal),
    index().on(table.tenantId, table.knowledgeBaseId),
    foreignKey({
      columns: [table.tenantId, table.documentId],
      foreignColumns: [documents.tenantId, documents.id],
    }).onDelete("cascade"),
  ],
);
