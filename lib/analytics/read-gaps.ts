import { sql } from "drizzle-orm";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { redactText } from "#/lib/redaction/redact.ts";
import type { Period } from "./analytics-range.ts";
import { askedIn } from "./asked-in.ts";
import { type KnowledgeGap, type KnowledgeGaps, MOST_GAPS } from "./gap.ts";
import { type Grouper, groupQuestions, type QuestionGroup } from "./group-questions.ts";
import { nameCause } from "./name-cause.ts";

const MOST_GROUPED = 2_500;
const MOST_COMPARED = 1_000;
const MOST_EXAMPLES = 5;
const DAY_MS = 86_400_000;

/** Questions that got no answer, or one that agents rejected, grouped by wording, the most frequent first. */
export function readGaps(db: Database, tenantId: string, period: Period): Promise<KnowledgeGaps> {
  return withTenant(db, tenantId, async (tx) => {
    const total = await countQuestions(tx, period);
    const every = Math.max(1, Math.ceil(total / MOST_GROUPED));
    const rows = await readQuestions(tx, period, every);
    const grouper = groupQuestions(rows, ({ question }) => question);
    const answered = await readAnswered(tx, period);
    const elsewhere = answeredQueues(grouper, answered);
    const bases = await readBases(tx);
    const middle = (period.from.getTime() + period.to.getTime()) / 2;
    return {
      total,
      every,
      gaps: grouper.groups
        .toSorted((one, other) => other.members.length - one.members.length)
        .slice(0, MOST_GAPS)
        .map((group) => gapOf(group, { every, middle, bases, elsewhere: elsewhere.get(group) })),
    };
  });
}

type QuestionRow = {
  eventId: string;
  conversationId: string;
  question: string;
  at: string;
  rejected: boolean;
  queueId: string | null;
  queue: string | null;
  confidence: number | null;
  threshold: number | null;
  documentId: string | null;
  documentTitle: string | null;
  documentBase: string | null;
  documentAge: number | null;
};

type Bases = { of(queueId: string | null): { id: string; name: string } | undefined };

function gapOf(
  { members }: QuestionGroup<QuestionRow>,
  known: { every: number; middle: number; bases: Bases; elsewhere: ReadonlyMap<string, string> | undefined },
): KnowledgeGap {
  const [newest] = members;
  const rejected = members.filter((row) => row.rejected);
  const queues = new Map(members.map(({ queueId, queue }) => [queueId, queue ?? queueId ?? "No queue"]));
  const answeredIn = [...(known.elsewhere ?? [])].find(([queueId]) => !queues.has(queueId))?.[1];
  const cited = rejected.find(({ documentId }) => documentId !== null);
  const lately = members.filter(({ at }) => Date.parse(at) >= known.middle).length;
  return {
    id: newest?.eventId ?? "",
    question: newest?.question ?? "",
    count: members.length * known.every,
    unanswered: (members.length - rejected.length) * known.every,
    rejected: rejected.length * known.every,
    lately: lately * known.every,
    before: (members.length - lately) * known.every,
    cause: nameCause({
      unanswered: members.length - rejected.length,
      rejected: rejected.length,
      confidence: mean(members.map((row) => (row.rejected ? null : row.confidence))),
      threshold: mean(members.map(({ threshold }) => threshold)),
      sourceAgeDays: cited?.documentAge ?? undefined,
      answeredIn,
    }),
    queues: [...queues.values()],
    answeredIn,
    base: known.bases.of(mostFrequent(members.map(({ queueId }) => queueId))),
    document: documentOf(cited),
    examples: members
      .slice(0, MOST_EXAMPLES)
      .map(({ eventId, conversationId, question, at }) => ({ eventId, conversationId, question, at })),
  };
}

function documentOf(row: QuestionRow | undefined): KnowledgeGap["document"] {
  if (!row?.documentId || !row.documentBase) return undefined;
  return { id: row.documentId, baseId: row.documentBase, title: row.documentTitle ?? "The article" };
}

function mean(values: readonly (number | null)[]): number | undefined {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length;
}

function mostFrequent(values: readonly (string | null)[]): string | null {
  const counts = new Map<string | null, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0] ?? null;
}

/** For each group the queues that had a good answer to the same question, by id, with their names. */
function answeredQueues(grouper: Grouper<QuestionRow>, answered: readonly AnsweredRow[]) {
  const found = new Map<QuestionGroup<QuestionRow>, Map<string, string>>();
  for (const { question, queueId, queue } of answered) {
    const group = grouper.find(question);
    if (!group) continue;
    const queues = found.get(group) ?? new Map<string, string>();
    found.set(group, queues.set(queueId, queue ?? queueId));
  }
  return found;
}

const GAP = sql`(a.kind = 'unanswered' OR a.verdict < 0)`;
const within = ({ from, to }: Period) => sql`a.at >= ${from.toISOString()} AND a.at < ${to.toISOString()}`;

async function readQuestions(tx: TenantTransaction, period: Period, every: number): Promise<QuestionRow[]> {
  const rows = await tx.execute<
    Omit<QuestionRow, "question" | "documentAge"> & { text: string; changed: string | null }
  >(sql`
    SELECT a.event_id AS "eventId", a.conversation_id AS "conversationId", a.at, a.verdict < 0 AS rejected, a.queue_id AS "queueId",
      a.queue_name AS queue, a.confidence, a.threshold, coalesce(e.data->>'text', s.body->>'question', '') AS text,
      d.id AS "documentId", d.title AS "documentTitle", d.knowledge_base_id AS "documentBase", d.updated_at AS changed
    FROM (SELECT * FROM answers a WHERE ${within(period)} AND ${GAP}
      AND (${every}::int = 1 OR uuid_hash(a.event_id) % ${every}::int = 0)) a
    JOIN events e ON e.id = a.event_id
    LEFT JOIN suggestions s ON s.id = a.suggestion_id AND a.verdict < 0
    LEFT JOIN documents d ON d.id = (s.body->'sources'->0->>'documentId')::uuid
    ORDER BY a.at DESC`);
  return rows.map(({ text, changed, ...row }) => ({
    ...row,
    rejected: row.rejected === true,
    at: new Date(row.at).toISOString(),
    question: redactText(askedIn(text)),
    documentAge: changed === null ? null : (Date.parse(String(row.at)) - Date.parse(changed)) / DAY_MS,
  }));
}

async function countQuestions(tx: TenantTransaction, period: Period): Promise<number> {
  const [row] = await tx.execute<{ n: number }>(
    sql`SELECT count(*)::int AS n FROM answers a WHERE ${within(period)} AND ${GAP}`,
  );
  return row?.n ?? 0;
}

type AnsweredRow = { question: string; queueId: string; queue: string | null };

/** The newest questions that were answered and not rejected: another queue may know what this one does not. */
async function readAnswered(tx: TenantTransaction, period: Period): Promise<AnsweredRow[]> {
  const rows = await tx.execute<{ text: string | null; queueId: string; queue: string | null }>(sql`
    SELECT s.body->>'question' AS text, a.queue_id AS "queueId", a.queue_name AS queue
    FROM (SELECT * FROM answers a WHERE ${within(period)} AND a.kind = 'answered' AND a.queue_id IS NOT NULL
      AND coalesce(a.verdict, 0) >= 0 ORDER BY a.at DESC LIMIT ${MOST_COMPARED}) a
    JOIN suggestions s ON s.id = a.suggestion_id`);
  return rows.map(({ text, ...row }) => ({ ...row, question: text ?? "" }));
}

/** The knowledge base that answers for a queue: its own, or the tenant's default. */
async function readBases(tx: TenantTransaction): Promise<Bases> {
  const rows = await tx.execute<{ queueId: string | null; id: string; name: string }>(sql`
    SELECT m.queue_id AS "queueId", b.id, b.name FROM profiles p JOIN knowledge_bases b ON b.id = p.knowledge_base_id
    LEFT JOIN queue_mappings m ON m.profile_id = p.id WHERE m.id IS NOT NULL OR p.is_default`);
  const byQueue = new Map(rows.map(({ queueId, id, name }) => [queueId, { id, name }]));
  return { of: (queueId) => byQueue.get(queueId) ?? byQueue.get(null) };
}
