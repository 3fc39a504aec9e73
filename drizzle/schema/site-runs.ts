import { foreignKey, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { id, moment, tenantId } from "./columns.ts";
import { sites } from "./sites.ts";

/** One crawl of a site: when, how it ended and what it changed. */
export const siteRuns = pgTable(
  "site_runs",
  {
    id: id(),
    tenantId: tenantId(),
    siteId: uuid("site_id").notNull(),
    number: integer("number").notNull(),
    /** A person's wish, or the schedule's. */
    reason: text("reason").$type<"asked" | "schedule">().notNull(),
    startedAt: moment("started_at").notNull().defaultNow(),
    endedAt: moment("ended_at"),
    outcome: text("outcome").$type<"finished" | "cancelled" | "failed">(),
    cause: text("cause"),
    /** What the site's robots.txt says of us, in words. */
    robots: text("robots"),
    pages: integer("pages").notNull().default(0),
    added: integer("added").notNull().default(0),
    changed: integer("changed").notNull().default(0),
    unchanged: integer("unchanged").notNull().default(0),
    gone: integer("gone").notNull().default(0),
    skipped: integer("skipped").notNull().default(0),
    failed: integer("failed").notNull().default(0),
  },
  (table) => [
    unique().on(table.tenantId, table.siteId, table.number),
    foreignKey({
      columns: [table.tenantId, table.siteId],
      foreignColumns: [sites.tenantId, sites.id],
    }).onDelete("cascade"),
  ],
);
