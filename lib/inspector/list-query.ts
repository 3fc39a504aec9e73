import { type SQL, sql } from "drizzle-orm";
import { searchQuery } from "#/lib/redaction/search-words.ts";
import { causeKey } from "./cause.ts";
import type { Cursor, InspectorFilter } from "./inspector-filter.ts";

/** A page of a search looks through so many of the newest matches; what other filters leave of them is shown. */
export const MOST_FOUND = 2_000;

/** A start is counted before its end is known: of an event that is being worked on, the present one is no failure. */
export const FAILED_ATTEMPTS = sql`(CASE WHEN e.state = 'pending'
  THEN least(e.attempts, greatest(e.attempts - 1, jsonb_array_length(e.trail->'attempts')))
  ELSE e.attempts END)`;

/**
 * The newest of both kinds under the filter. Each half is cut to the page by itself, along its index: ordered
 * together, Postgres would read and sort everything first.
 */
export function listed(filter: InspectorFilter, size: number): SQL {
  // Where nothing else narrows what a search finds, a page of matches is a page of the list.
  const most = isSearchAlone(filter) ? size : MOST_FOUND;
  const newest = sql`ORDER BY stored_at DESC, id DESC LIMIT ${size}`;
  return sql`(SELECT 'event' AS kind, e.id, e.stored_at, e.type, e.state, e.outcome, ${FAILED_ATTEMPTS} AS attempts, e.connection_id,
      e.conversation_id, e.data, (SELECT max(s.value::float8) FROM jsonb_each_text(e.trail->'at') s
        WHERE s.key NOT IN ('acknowledged', 'painted')) - (e.trail->'at'->>'received')::float8 AS total_ms
    FROM events e WHERE ${eventConditions(filter, filter.after, most)} ${newest})
    UNION ALL
    (SELECT 'delivery', d.id, d.stored_at, 'delivery', d.state, d.reason, d.attempts, d.connection_id, NULL, NULL, NULL
    FROM deliveries d WHERE ${deliveryConditions(filter, filter.after, most)} ${newest})
    ${newest}`;
}

function isSearchAlone({ search, from, to, after, ...others }: InspectorFilter): boolean {
  return Object.values(others).every((value) => !value || (Array.isArray(value) && value.length === 0));
}

/** How many there are under the filter, whatever the page; counting stops at `most`. */
export function counted(filter: InspectorFilter, most: number): SQL {
  return sql`SELECT count(*)::int AS n FROM (
    (SELECT 1 FROM events e WHERE ${eventConditions(filter, undefined)} LIMIT ${most})
    UNION ALL
    (SELECT 1 FROM deliveries d WHERE ${deliveryConditions(filter, undefined)} LIMIT ${most})
    LIMIT ${most}) all_rows`;
}

export function eventConditions(filter: InspectorFilter, after: Cursor | undefined, most = MOST_FOUND): SQL {
  const types = filter.types.filter((type) => type !== "delivery");
  return allOf([
    ...shared(filter, after, sql`e`, most),
    filter.types.length > 0 && sql`e.type IN ${list(types)}`,
    // Said apart, so that the index of what was not spoken is known to hold all of them.
    filter.types.length > 0 && !types.includes("utterance") && sql`e.type <> 'utterance'`,
    filter.states.length > 0 && sql`e.state IN ${list(filter.states)}`,
    filter.agents.length > 0 &&
      sql`e.conversation_id IN (SELECT v.id FROM conversations v WHERE v.agent_id IN ${list(filter.agents)})`,
    filter.conversation && sql`e.conversation_id = ${filter.conversation}`,
    filter.errorsOnly &&
      sql`(e.state = 'dead' OR (e.state = 'done' AND e.attempts > 0) OR (e.state = 'pending' AND ${FAILED_ATTEMPTS} > 0))`,
    filter.cause && sql`e.state = 'dead' AND ${causeKey(sql`e.outcome`)} = ${filter.cause}`,
    ...stageConditions(filter),
  ]);
}

/** As the figures of Service Health count them: replays are left out. */
function stageConditions({ stage, slowerMs }: InspectorFilter): (SQL | false | undefined)[] {
  if (!stage) return [];
  return [
    sql`e.trail->'at' ? ${stage}`,
    slowerMs !== undefined &&
      sql`e.generation = 0 AND (e.trail->'at'->>${stage}::text)::float8 - (e.trail->'at'->>'received')::float8 >= ${slowerMs}`,
  ];
}

/** Only what nobody could read has no event of its own; every other delivery is listed by its events. */
export function deliveryConditions(
  filter: InspectorFilter,
  after: Cursor | undefined,
  most = MOST_FOUND,
): SQL {
  const ofEvents = filter.conversation || filter.stage || filter.agents.length > 0;
  const wanted = (filter.types.length === 0 || filter.types.includes("delivery")) && !ofEvents;
  if (!wanted) return sql`false`;
  return allOf([
    ...shared(filter, after, sql`d`, most),
    sql`d.state IN ('dead', 'parked')`,
    filter.states.length > 0 && sql`d.state IN ${list(filter.states)}`,
    filter.errorsOnly && sql`d.state = 'dead'`,
    filter.cause && sql`${causeKey(sql`d.reason`)} = ${filter.cause}`,
  ]);
}

function shared(
  filter: InspectorFilter,
  after: Cursor | undefined,
  row: SQL,
  most: number,
): (SQL | false | undefined)[] {
  return [
    filter.connections.length > 0 && sql`${row}.connection_id IN ${list(filter.connections)}`,
    filter.platforms.length > 0 &&
      sql`${row}.connection_id = ANY (ARRAY(SELECT p.id FROM connections p WHERE p.platform IN ${list(filter.platforms)}))`,
    filter.from && sql`${row}.stored_at >= ${filter.from.toISOString()}`,
    filter.to && sql`${row}.stored_at < ${filter.to.toISOString()}`,
    after && sql`(${row}.stored_at, ${row}.id) < (${momentOf(after)}, ${after.id}::uuid)`,
    filter.search !== undefined && sql`${row}.id IN (SELECT f.id FROM ${foundTexts(filter, after, most)} f)`,
  ];
}

/** The newest texts that hold every word; nothing where nothing that can be searched for was typed. */
export function foundTexts(filter: InspectorFilter, after: Cursor | undefined, most: number): SQL {
  const query = searchQuery(filter.search ?? "") ?? "";
  return sql`across.find_texts(${query}::tsquery, ${filter.from?.toISOString() ?? null}::timestamptz,
    ${filter.to?.toISOString() ?? null}::timestamptz, ${after ? momentOf(after) : sql`NULL::timestamptz`},
    ${after?.id ?? null}::uuid, ${most})`;
}

/** Whole microseconds: a time that went through JavaScript would have lost them. */
export function momentOf({ micros }: Cursor): SQL {
  return sql`(timestamptz 'epoch' + ${micros}::bigint * interval '1 microsecond')`;
}

export function list(values: readonly string[]): SQL {
  return values.length === 0
    ? sql`(NULL)`
    : sql`(${sql.join(
        values.map((value) => sql`${value}`),
        sql`, `,
      )})`;
}

function allOf(conditions: (SQL | false | "" | undefined)[]): SQL {
  const given = conditions.filter((condition): condition is SQL => Boolean(condition));
  return given.length === 0 ? sql`true` : sql.join(given, sql` AND `);
}
