import { sql } from "drizzle-orm";
import { foreignKey, index, integer, pgTable, primaryKey, smallint, text, uuid } from "drizzle-orm/pg-core";
import { id, moment, tenantId } from "./columns.ts";
import { connections } from "./connections.ts";

/** The widths of a roll-up's intervals: a minute, a quarter of an hour, an hour. */
export const ROLLUP_WIDTHS = [60, 900, 3_600] as const;
export type RollupWidth = (typeof ROLLUP_WIDTHS)[number];

const ofConnection = () => ({
  tenantId: tenantId(),
  connectionId: uuid("connection_id").notNull(),
  widthSeconds: smallint("width_seconds").$type<RollupWidth>().notNull(),
  /** Where the interval begins. */
  at: moment("at").notNull(),
});

/** How long events took to a stage, as a histogram: `counts[i]` of them fell into `bins[i]` (`across.latency_bin`). */
export const stageRollups = pgTable(
  "stage_rollups",
  {
    ...ofConnection(),
    stage: text("stage").notNull(),
    count: integer("count").notNull(),
    bins: smallint("bins").array().notNull(),
    counts: integer("counts").array().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.widthSeconds, table.at, table.connectionId, table.stage] }),
    index().on(table.widthSeconds, table.at),
    foreignKey({
      columns: [table.tenantId, table.connectionId],
      foreignColumns: [connections.tenantId, connections.id],
    }).onDelete("cascade"),
  ],
);

/** How many events there were in an interval and what became of them. */
export const trafficRollups = pgTable(
  "traffic_rollups",
  {
    ...ofConnection(),
    events: integer("events").notNull(),
    dead: integer("dead").notNull(),
    /** Done, after at least one attempt that failed. */
    retried: integer("retried").notNull(),
    suggested: integer("suggested").notNull(),
    /** Sent to widgets, told by a widget to have arrived, seen on a screen. */
    emitted: integer("emitted").notNull(),
    acknowledged: integer("acknowledged").notNull(),
    painted: integer("painted").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.widthSeconds, table.at, table.connectionId] }),
    index().on(table.widthSeconds, table.at),
    foreignKey({
      columns: [table.tenantId, table.connectionId],
      foreignColumns: [connections.tenantId, connections.id],
    }).onDelete("cascade"),
  ],
);

/**
 * Minutes whose events changed after they had been counted; a trigger on `events` notes them, as often as it happens:
 * a note that is being worked off must not swallow a newer one.
 */
export const staleMinutes = pgTable(
  "stale_minutes",
  { id: id(), tenantId: tenantId(), at: moment("at").notNull() },
  (table) => [index().on(table.tenantId, table.at)],
);

/** Up to when events have been counted. One row, of no tenant. */
export const rollupProgress = pgTable("rollup_progress", {
  name: text("name").primaryKey().default(sql`'events'`),
  through: moment("through").notNull(),
});
