import type { Sql } from "postgres";

/** What Postgres, the truth, knows of some conversations. */
export type Ledger = {
  lastSeq: Map<string, number>;
  /** Events by what became of them, and those that nobody has settled. */
  unsettled: number;
  dead: number;
  /** Events with a card; more cards or answers than one for an event. */
  cards: string[];
  doubledCards: number;
  doubledAnswers: number;
  /** Milliseconds from stored to shown, of transcript lines. */
  lineMs: number[];
};

export type LedgerReader = {
  unfinished(conversationIds: readonly string[]): Promise<number>;
  read(conversationIds: readonly string[]): Promise<Ledger>;
  lastSeqs(conversationIds: readonly string[]): Promise<Map<string, number>>;
};

export function openLedger(sql: Sql): LedgerReader {
  const mine = (ids: readonly string[]) =>
    sql`SELECT id FROM conversations WHERE platform_conversation_id IN ${sql([...ids])}`;
  const count = async (query: PromiseLike<readonly { n: number }[]>) => (await query)[0]?.n ?? 0;

  const lastSeqs = async (ids: readonly string[]) => {
    const rows = await sql<{ id: string; last: number }[]>`
      SELECT platform_conversation_id AS id, last_seq AS last FROM conversations WHERE id IN (${mine(ids)})`;
    return new Map(rows.map(({ id, last }) => [id, last]));
  };
  const more = (kinds: string[], ids: readonly string[]) =>
    count(sql<{ n: number }[]>`
      SELECT coalesce(sum(times - 1), 0)::int AS n FROM (
        SELECT count(*) AS times FROM durable_messages
        WHERE conversation_id IN (${mine(ids)}) AND event_id IS NOT NULL AND body->>'kind' IN ${sql(kinds)}
        GROUP BY event_id) counted`);

  return {
    lastSeqs,
    unfinished: async (ids) => {
      const deliveries = await count(sql<{ n: number }[]>`
        SELECT count(*)::int AS n FROM deliveries
        WHERE state = 'stored' AND payload->>'conversationId' IN ${sql([...ids])}`);
      const events = await count(sql<{ n: number }[]>`
        SELECT count(*)::int AS n FROM events WHERE conversation_id IN (${mine(ids)}) AND state = 'pending'`);
      return deliveries + events;
    },
    read: async (ids) => {
      const states = await sql<{ state: string; n: number }[]>`
        SELECT state, count(*)::int AS n FROM events WHERE conversation_id IN (${mine(ids)}) GROUP BY 1`;
      const of = (state: string) => states.find((row) => row.state === state)?.n ?? 0;
      const cards = await sql<{ event_id: string }[]>`
        SELECT event_id FROM suggestions WHERE conversation_id IN (${mine(ids)})`;
      const times = await sql<{ ms: number }[]>`
        SELECT extract(epoch FROM m.emitted_at - e.stored_at)::float8 * 1000 AS ms
        FROM durable_messages m JOIN events e ON e.id = m.event_id
        WHERE m.conversation_id IN (${mine(ids)}) AND m.body->>'kind' = 'transcript'`;
      return {
        lastSeq: await lastSeqs(ids),
        unsettled: of("pending"),
        dead: of("dead"),
        cards: cards.map((row) => row.event_id),
        doubledCards: await more(["suggestion"], ids),
        doubledAnswers: await more(["suggestion", "no-source"], ids),
        lineMs: times.map(({ ms }) => ms),
      };
    },
  };
}
