import { sql } from "drizzle-orm";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { redactText } from "#/lib/redaction/redact.ts";

/** Of the last 24 hours. */
export type OverviewCounts = {
  conversations: number;
  events: number;
  suggestions: number;
  noSource: number;
  thumbsUp: number;
  thumbsDown: number;
};

/** What a tenant needs before the first card, in the order in which it is done. */
export type SetUpProgress = {
  connection: boolean;
  knowledge: boolean;
  mapping: boolean;
  firstEvent: boolean;
  firstSuggestion: boolean;
};

export type LatestSuggestion = {
  id: string;
  eventId: string;
  at: string;
  question: string;
  answer: string;
  source: string | undefined;
  queue: string | undefined;
  verdict: "up" | "down" | undefined;
};

export type Overview = { counts: OverviewCounts; setUp: SetUpProgress; latest: LatestSuggestion[] };

const MOST_LATEST = 8;

export function readOverview(db: Database, tenantId: string): Promise<Overview> {
  return withTenant(db, tenantId, async (tx) => ({
    counts: await readCounts(tx),
    setUp: await readSetUp(tx),
    latest: await readLatest(tx),
  }));
}

async function readCounts(tx: TenantTransaction): Promise<OverviewCounts> {
  const [row] = await tx.execute<OverviewCounts>(sql`
    SELECT e.events, e.conversations, e."noSource", s.suggestions, f."thumbsUp", f."thumbsDown"
    FROM (SELECT count(*)::int AS events, count(DISTINCT conversation_id)::int AS conversations,
        (count(*) FILTER (WHERE outcome LIKE 'no source%'))::int AS "noSource"
        FROM events WHERE stored_at > now() - interval '24 hours') e,
      (SELECT count(*)::int AS suggestions FROM suggestions WHERE created_at > now() - interval '24 hours') s,
      (SELECT (count(*) FILTER (WHERE value = 'up'))::int AS "thumbsUp",
        (count(*) FILTER (WHERE value = 'down'))::int AS "thumbsDown"
        FROM feedback WHERE kind = 'verdict' AND updated_at > now() - interval '24 hours') f`);
  return row ?? { conversations: 0, events: 0, suggestions: 0, noSource: 0, thumbsUp: 0, thumbsDown: 0 };
}

async function readSetUp(tx: TenantTransaction): Promise<SetUpProgress> {
  const [row] = await tx.execute<SetUpProgress>(sql`
    SELECT EXISTS (SELECT 1 FROM connections WHERE active) AS connection,
      EXISTS (SELECT 1 FROM documents WHERE state = 'ready') AS knowledge,
      EXISTS (SELECT 1 FROM queue_mappings) OR EXISTS (
        SELECT 1 FROM profiles WHERE is_default AND knowledge_base_id IS NOT NULL) AS mapping,
      EXISTS (SELECT 1 FROM events) AS "firstEvent", EXISTS (SELECT 1 FROM suggestions) AS "firstSuggestion"`);
  return (
    row ?? { connection: false, knowledge: false, mapping: false, firstEvent: false, firstSuggestion: false }
  );
}

type LatestRow = {
  id: string;
  event_id: string;
  created_at: string;
  body: { question: string; sentences: { text: string }[]; sources: { title: string }[] };
  queue: string | null;
  verdict: "up" | "down" | null;
};

async function readLatest(tx: TenantTransaction): Promise<LatestSuggestion[]> {
  const rows = await tx.execute<LatestRow>(sql`
    SELECT s.id, s.event_id, s.created_at, s.body, coalesce(c.queue_name, c.queue_id) AS queue,
      (SELECT f.value FROM feedback f WHERE f.suggestion_id = s.id AND f.kind = 'verdict'
        ORDER BY f.updated_at DESC LIMIT 1) AS verdict
    FROM suggestions s JOIN conversations c ON c.id = s.conversation_id
    ORDER BY s.created_at DESC LIMIT ${MOST_LATEST}`);
  return rows.map((row) => ({
    id: row.id,
    eventId: row.event_id,
    at: new Date(row.created_at).toISOString(),
    question: redactText(row.body.question),
    answer: redactText(row.body.sentences.map(({ text }) => text).join(" ")),
    source: row.body.sources[0]?.title,
    queue: row.queue ?? undefined,
    verdict: row.verdict ?? undefined,
  }));
}
