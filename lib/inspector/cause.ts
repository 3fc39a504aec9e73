import { type SQL, sql } from "drizzle-orm";

/** Ids and numbers differ from one failure to the next without being another cause. */
const VARYING = "[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]+";

/** Why something failed, without what differs from one to the next. */
export function causeOf(reason: SQL): SQL {
  return sql`regexp_replace(regexp_replace(coalesce(${reason}, ''), '^dead: ', ''), ${VARYING}, '#', 'gi')`;
}

/** A cause as an address names it. */
export function causeKey(reason: SQL): SQL {
  return sql`left(md5(${causeOf(reason)}), 12)`;
}
