import { boolean, foreignKey, index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { id, moment, tenantId, timestamps } from "./columns.ts";
import { knowledgeBases } from "./knowledge-bases.ts";

export type SiteState = "idle" | "queued" | "running";
export type SiteSchedule = "off" | "daily" | "weekly";

/** A small web site that a base takes its pages from, and the run under way. */
export const sites = pgTable(
  "sites",
  {
    id: id(),
    tenantId: tenantId(),
    knowledgeBaseId: uuid("knowledge_base_id").notNull(),
    startUrl: text("start_url").notNull(),
    /** Only pages of the same origin whose path begins so belong to the site. */
    pathPrefix: text("path_prefix").notNull(),
    mostPages: integer("most_pages").notNull(),
    mostDepth: integer("most_depth").notNull(),
    schedule: text("schedule").$type<SiteSchedule>().notNull().default("off"),
    nextRunAt: moment("next_run_at"),
    state: text("state").$type<SiteState>().notNull().default("idle"),
    /** The number of the latest run, whatever became of it. */
    run: integer("run").notNull().default(0),
    cancelRequested: boolean("cancel_requested").notNull().default(false),
    /** Why a run under way waits. */
    cause: text("cause"),
    attempts: integer("attempts").notNull().default(0),
    /** Who works on it; every step of a run holds this, so that one that was taken for dead changes nothing. */
    claim: uuid("claim"),
    claimedUntil: moment("claimed_until"),
    ...timestamps,
  },
  (table) => [
    unique().on(table.tenantId, table.id),
    unique().on(table.tenantId, table.knowledgeBaseId, table.startUrl),
    index().on(table.state, table.claimedUntil),
    index().on(table.nextRunAt),
    foreignKey({
      columns: [table.tenantId, table.knowledgeBaseId],
      foreignColumns: [knowledgeBases.tenantId, knowledgeBases.id],
    }).onDelete("cascade"),
  ],
);
