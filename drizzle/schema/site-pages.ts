import { foreignKey, index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment, tenantId } from "./columns.ts";
import { sites } from "./sites.ts";

export type PageOutcome = "added" | "changed" | "unchanged" | "gone" | "skipped" | "failed";

/** An address of a site: what is still to be fetched in a run, and what is known of it from the run before. */
export const sitePages = pgTable(
  "site_pages",
  {
    id: id(),
    tenantId: tenantId(),
    siteId: uuid("site_id").notNull(),
    url: text("url").notNull(),
    depth: integer("depth").notNull(),
    /** The page that linked to it first; null for the start and for what the site map names. */
    foundOn: text("found_on"),
    /** The run that it was found in last, and the state of the work in it. */
    run: integer("run").notNull(),
    state: text("state").$type<"waiting" | "done">().notNull().default("waiting"),
    outcome: text("outcome").$type<PageOutcome>(),
    cause: text("cause"),
    status: integer("status"),
    etag: text("etag"),
    lastModified: text("last_modified"),
    /** Addresses in the site that it links to: a page that has not changed is not sent again, but still leads on. */
    links: text("links").array().notNull().default([]),
    fetchedAt: moment("fetched_at"),
    documentId: uuid("document_id"),
    createdAt: createdAt(),
  },
  (table) => [
    unique().on(table.tenantId, table.siteId, table.url),
    index().on(table.tenantId, table.siteId, table.run, table.state, table.depth, table.id),
    foreignKey({
      columns: [table.tenantId, table.siteId],
      foreignColumns: [sites.tenantId, sites.id],
    }).onDelete("cascade"),
  ],
);
