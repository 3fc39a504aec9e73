import { sql } from "drizzle-orm";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";

/** How a language model or a speech service of this tenant does, from what it was last used for. */
export type ServiceUse = {
  kind: "model" | "speech";
  id: string;
  name: string;
  isDefault: boolean;
  /** In the last 24 hours: asked, and asked without an answer that could be shown. */
  asked: number;
  failed: number;
  /** The last times that it was asked all failed. */
  failing: boolean;
  failingSince: string | undefined;
  lastAnswerAt: string | undefined;
};

type Row = {
  kind: "model" | "speech";
  id: string;
  name: string;
  is_default: boolean;
  asked: number;
  failed: number;
  last_answer: string | null;
  failing_since: string | null;
  lately_failed: number;
};

/** So many in a row are no accident. */
const FAILURES_IN_A_ROW = 3;

/** A card of a model without a sentence of its own: the model did not answer, or nothing that the sources support. */
export function readServiceUse(db: Database, tenantId: string): Promise<ServiceUse[]> {
  return withTenant(db, tenantId, async (tx) => {
    const rows = await tx.execute<Row>(sql`
      WITH cards AS (
        SELECT model, created_at, jsonb_array_length(body->'sentences') > 0 AS answered
        FROM suggestions WHERE created_at > now() - interval '24 hours' AND model <> 'extractive'),
      used AS (
        SELECT model, count(*)::int AS asked, (count(*) FILTER (WHERE NOT answered))::int AS failed,
          max(created_at) FILTER (WHERE answered) AS last_answer FROM cards GROUP BY model),
      since AS (
        SELECT c.model, count(*)::int AS lately_failed, min(c.created_at) AS failing_since FROM cards c JOIN used u ON u.model = c.model
        WHERE u.last_answer IS NULL OR c.created_at > u.last_answer GROUP BY c.model)
      SELECT 'model' AS kind, m.id, m.name, m.is_default, coalesce(u.asked, 0) AS asked, coalesce(u.failed, 0) AS failed,
        u.last_answer, s.failing_since, coalesce(s.lately_failed, 0) AS lately_failed
      FROM model_integrations m LEFT JOIN used u ON u.model = m.name LEFT JOIN since s ON s.model = m.name
      UNION ALL
      SELECT 'speech', id, name, is_default, 0, 0, NULL, NULL, 0 FROM speech_integrations
      ORDER BY 1, 4 DESC, 3`);
    return rows.map((row) => ({
      kind: row.kind,
      id: row.id,
      name: row.name,
      isDefault: row.is_default,
      asked: row.asked,
      failed: row.failed,
      failing: row.lately_failed >= FAILURES_IN_A_ROW,
      failingSince: row.failing_since ? new Date(row.failing_since).toISOString() : undefined,
      lastAnswerAt: row.last_answer ? new Date(row.last_answer).toISOString() : undefined,
    }));
  });
}
