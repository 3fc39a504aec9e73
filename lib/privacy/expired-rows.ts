import { type SQL, sql } from "drizzle-orm";
import type { RetentionKind } from "./retention-rules.ts";

/** Rows of one table that are past their time: what picks them out, and the key that names each. */
export type ExpiredRows = { table: string; key: string; where: SQL };

/**
 * What has passed its time at `cutoff`. Ids that grow with time pick without an index of their own. Deliveries that
 * nobody has worked on stay whatever their age. The keys of events are never among them: they are what keeps a late
 * repeat from coming to life again.
 */
export function expiredRows(kind: RetentionKind, cutoff: Date): ExpiredRows[] {
  const at = cutoff.toISOString();
  const floor = firstIdAt(cutoff);
  switch (kind) {
    case "payload":
      return [
        {
          table: "deliveries",
          key: "id",
          where: sql`id < ${floor}::uuid and stored_at < ${at} and state <> 'stored'`,
        },
      ];
    case "suggestion":
      return [
        { table: "suggestions", key: "id", where: sql`created_at < ${at}` },
        {
          table: "durable_messages",
          key: "id",
          where: sql`emitted_at < ${at} and body->>'kind' = 'suggestion'`,
        },
      ];
    case "summary":
      return [
        { table: "summaries", key: "id", where: sql`updated_at < ${at} and state <> 'wanted'` },
        {
          table: "durable_messages",
          key: "id",
          where: sql`emitted_at < ${at} and body->>'kind' = 'summary'`,
        },
      ];
    case "conversation":
      return [
        {
          table: "conversations",
          key: "id",
          where: sql`started_at < ${at} and coalesce(ended_at, updated_at) < ${at}`,
        },
      ];
    case "metric":
      return [
        { table: "stage_rollups", key: "ctid", where: sql`at < ${at}` },
        { table: "traffic_rollups", key: "ctid", where: sql`at < ${at}` },
      ];
    case "audit":
      return [{ table: "audit_entries", key: "id", where: sql`id < ${floor}::uuid and created_at < ${at}` }];
  }
}

/** The smallest UUIDv7 of a moment: ids made earlier sort before it. */
function firstIdAt(moment: Date): string {
  const hex = moment.getTime().toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
