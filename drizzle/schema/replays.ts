import { sql } from "drizzle-orm";
import { foreignKey, index, integer, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment, tenantId } from "./columns.ts";

export type ReplayState = "running" | "done" | "cancelled" | "failed";

/** Many events that a person has worked on again: what was asked for, and how far it is. */
export const replays = pgTable(
  "replays",
  {
    id: id(),
    tenantId: tenantId(),
    userId: uuid("user_id").notNull(),
    /** The list's filter as the address spells it; only what was stored before `createdAt` is meant. */
    filter: jsonb("filter").$type<Record<string, string | string[]>>().notNull(),
    state: text("state").$type<ReplayState>().notNull().default("running"),
    /** What the dry run counted when it was started. */
    expected: integer("expected").notNull(),
    /** Handed back to be worked on again, each once. */
    replayed: integer("replayed").notNull().default(0),
    /** The last one that was looked at: `event.<micros>.<id>` or `delivery.<micros>.<id>`. */
    cursor: text("cursor"),
    reason: text("reason"),
    /** Who works on it now; past `claimedUntil` anyone may take it. */
    claimedUntil: moment("claimed_until"),
    createdAt: createdAt(),
    finishedAt: moment("finished_at"),
  },
  (table) => [
    unique().on(table.tenantId, table.id),
    index().on(table.tenantId, table.createdAt),
    index().on(table.claimedUntil).where(sql`${table.state} = 'running'`),
  ],
);

/** Each event or delivery that a replay handed back, once, with the generation that it began. */
export const replayItems = pgTable(
  "replay_items",
  {
    id: id(),
    tenantId: tenantId(),
    replayId: uuid("replay_id").notNull(),
    /** The event's or the delivery's own id. */
    itemId: uuid("item_id").notNull(),
    kind: text("kind").$type<"event" | "delivery">().notNull(),
    generation: integer("generation").notNull(),
  },
  (table) => [
    unique().on(table.replayId, table.itemId),
    index().on(table.replayId, table.id),
    foreignKey({
      columns: [table.tenantId, table.replayId],
      foreignColumns: [replays.tenantId, replays.id],
    }).onDelete("cascade"),
  ],
);
