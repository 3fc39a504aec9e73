import { sql } from "drizzle-orm";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { type Period, stepsOf } from "./analytics-range.ts";
import { BUCKETS_PER_E, Histogram } from "./histogram.ts";

/** Of a day, a queue or an agent. Times are from the customer's words to the card, in milliseconds, to within 3 %. */
export type Figures = {
  conversations: number;
  questions: number;
  shown: number;
  used: number;
  copied: number;
  inserted: number;
  sent: number;
  helpful: number;
  rejected: number;
  unanswered: number;
  p50: number | undefined;
  p95: number | undefined;
};

export type NamedFigures = Figures & { id: string; name: string };

export type Adoption = {
  agents: number;
  agentsWithWidget: number;
  conversationsWithWidget: number;
  /** Conversations that had a card. */
  assisted: number;
};

export type Analytics = {
  total: Figures;
  adoption: Adoption;
  /** In the period's order; `from` is the step's beginning. */
  steps: (Figures & { step: string; from: string; to: string })[];
  queues: NamedFigures[];
  agents: (NamedFigures & { withWidget: boolean })[];
};

type Grain = "step" | "queue" | "agent";
type Counts = Omit<Figures, "conversations" | "p50" | "p95">;
type AnswerRow = Counts & { grain: Grain; key: string | null; bucket: number | null };
type TalkRow = {
  grain: Grain;
  key: string | null;
  name: string | null;
  conversations: number;
  widgets: number;
};

/** Nobody waits for a card that a widget fetched later than that: it was opened afterwards. */
const LATEST_PAINT_MS = 60_000;

/** What agents had of the product in a period: by step, by queue and by agent. */
export function readAnalytics(db: Database, tenantId: string, period: Period): Promise<Analytics> {
  return withTenant(db, tenantId, async (tx) => {
    // One pass over the answers fills three tables of sums; with less memory it would sort them on disk.
    await tx.execute(sql`SET LOCAL work_mem = '32MB'`);
    const answers = await readAnswers(tx, period);
    const talks = await readTalks(tx, period);
    return assemble(period, answers, talks, await readAssisted(tx, period));
  });
}

function assemble(
  period: Period,
  answers: readonly AnswerRow[],
  talks: readonly TalkRow[],
  assisted: number,
): Analytics {
  const sums = sumUp(answers, talks);
  const named = (grain: Grain) =>
    talks
      .filter((row) => row.grain === grain && row.key !== null)
      .map((row) => ({
        id: row.key ?? "",
        name: row.name ?? row.key ?? "",
        withWidget: row.widgets > 0,
        ...sums.of(grain, row.key),
      }))
      .sort((one, other) => other.questions - one.questions || one.name.localeCompare(other.name));
  const agents = named("agent");
  const steps = stepsOf(period);
  return {
    total: sums.total,
    adoption: {
      agents: agents.length,
      agentsWithWidget: agents.filter(({ withWidget }) => withWidget).length,
      conversationsWithWidget: talks
        .filter(({ grain }) => grain === "step")
        .reduce((sum, { widgets }) => sum + widgets, 0),
      assisted,
    },
    steps: steps.map(({ key, from }, index) => ({
      step: key,
      from: from.toISOString(),
      to: (steps[index + 1]?.from ?? period.to).toISOString(),
      ...sums.of("step", key),
    })),
    queues: named("queue").map(({ withWidget: _, ...row }) => row),
    agents,
  };
}

/** Adds up the rows of each key; its buckets of waiting times give the percentiles. */
function sumUp(answers: readonly AnswerRow[], talks: readonly TalkRow[]) {
  const kept = new Map<string, { figures: Figures; waits: Histogram }>();
  const entry = (grain: Grain | "total", key: string | null) => {
    const name = `${grain}:${key ?? ""}`;
    const found = kept.get(name) ?? { figures: noFigures(), waits: new Histogram() };
    kept.set(name, found);
    return found;
  };
  const total = entry("total", null);
  for (const row of answers) {
    for (const { figures, waits } of row.grain === "step"
      ? [entry(row.grain, row.key), total]
      : [entry(row.grain, row.key)]) {
      for (const name of COUNTED) figures[name] += row[name];
      if (row.bucket !== null) waits.add(row.bucket, row.shown);
    }
  }
  for (const { grain, key, conversations } of talks) {
    entry(grain, key).figures.conversations += conversations;
    if (grain === "step") total.figures.conversations += conversations;
  }
  const finished = ({ figures, waits }: typeof total): Figures => ({
    ...figures,
    p50: waits.percentile(0.5),
    p95: waits.percentile(0.95),
  });
  return { total: finished(total), of: (grain: Grain, key: string | null) => finished(entry(grain, key)) };
}

const COUNTED = [
  "questions",
  "shown",
  "used",
  "copied",
  "inserted",
  "sent",
  "helpful",
  "rejected",
  "unanswered",
] as const satisfies readonly (keyof Counts)[];

const noFigures = (): Figures => ({
  conversations: 0,
  questions: 0,
  shown: 0,
  used: 0,
  copied: 0,
  inserted: 0,
  sent: 0,
  helpful: 0,
  rejected: 0,
  unanswered: 0,
  p50: undefined,
  p95: undefined,
});

/** The step as text that `stepsOf` answers as well: a date, or an hour of one. */
const stepText = ({ step }: Period) =>
  step === "day" ? sql`to_char(step, 'YYYY-MM-DD')` : sql`to_char(step, 'YYYY-MM-DD HH24:00')`;

const stepOf = ({ step, zone }: Period, column: "at" | "started_at") => {
  const local = sql`(${sql.identifier(column)} AT TIME ZONE ${zone}::text)`;
  return step === "day" ? sql`${local}::date` : sql`date_trunc('hour', ${local})`;
};

const grainOf = sql`CASE grouping(step, queue_id, agent_id) WHEN 3 THEN 'step' WHEN 5 THEN 'queue' ELSE 'agent' END`;

async function readAnswers(tx: TenantTransaction, period: Period): Promise<AnswerRow[]> {
  return tx.execute<AnswerRow>(sql`
    SELECT ${grainOf} AS grain, CASE grouping(step, queue_id, agent_id) WHEN 3 THEN ${stepText(period)} WHEN 5 THEN queue_id ELSE agent_id END AS key,
      bucket, count(*)::int AS questions, (count(*) FILTER (WHERE shown))::int AS shown,
      (count(*) FILTER (WHERE copied OR inserted OR sent OR verdict > 0))::int AS used, (count(*) FILTER (WHERE copied))::int AS copied,
      (count(*) FILTER (WHERE inserted))::int AS inserted, (count(*) FILTER (WHERE sent))::int AS sent,
      (count(*) FILTER (WHERE verdict > 0))::int AS helpful, (count(*) FILTER (WHERE verdict < 0))::int AS rejected,
      (count(*) FILTER (WHERE NOT shown))::int AS unanswered
    FROM (
      SELECT ${stepOf(period, "at")} AS step, queue_id, agent_id, copied, inserted, sent, verdict, kind <> 'unanswered' AS shown,
        CASE WHEN kind <> 'unanswered' THEN (${BUCKETS_PER_E}::float8 * ln(greatest(1,
          CASE WHEN painted_ms < ${LATEST_PAINT_MS} THEN painted_ms ELSE wait_ms END)))::int END AS bucket
      FROM answers WHERE at >= ${period.from.toISOString()} AND at < ${period.to.toISOString()}
    ) a GROUP BY GROUPING SETS ((step, bucket), (queue_id, bucket), (agent_id, bucket))`);
}

async function readTalks(tx: TenantTransaction, period: Period): Promise<TalkRow[]> {
  return tx.execute<TalkRow>(sql`
    SELECT ${grainOf} AS grain, CASE grouping(step, queue_id, agent_id) WHEN 3 THEN ${stepText(period)} WHEN 5 THEN queue_id ELSE agent_id END AS key,
      CASE grouping(step, queue_id, agent_id) WHEN 3 THEN NULL WHEN 5 THEN max(queue_name) ELSE max(agent_name) END AS name,
      count(*)::int AS conversations, count(widget_at)::int AS widgets
    FROM (SELECT ${stepOf(period, "started_at")} AS step, queue_id, queue_name, agent_id, agent_name, widget_at FROM conversations
      WHERE started_at >= ${period.from.toISOString()} AND started_at < ${period.to.toISOString()}) c
    GROUP BY GROUPING SETS ((step), (queue_id), (agent_id))`);
}

async function readAssisted(tx: TenantTransaction, { from, to }: Period): Promise<number> {
  const [row] = await tx.execute<{ n: number }>(sql`
    SELECT count(*)::int AS n FROM (SELECT DISTINCT conversation_id FROM answers
      WHERE at >= ${from.toISOString()} AND at < ${to.toISOString()} AND kind <> 'unanswered') assisted`);
  return row?.n ?? 0;
}
