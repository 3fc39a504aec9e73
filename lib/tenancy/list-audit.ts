import { and, desc, eq, gt, inArray, isNull, like, lt, or, type SQL, sql } from "drizzle-orm";
import { auditEntries } from "#/drizzle/schema/audit-entries.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import type { AuditFilter } from "./audit-filter.ts";
import { readPeople } from "./read-people.ts";

export type AuditRow = {
  id: string;
  at: Date;
  action: string;
  target: string;
  detail: Record<string, string>;
  who: { id: string; name: string; email: string } | undefined;
};

export type AuditPage = { rows: AuditRow[]; next: string | undefined };

export const AUDIT_PAGE = 50;

/** The newest entries that fit, a page of them; `next` is the place of the page after it. */
export function listAudit(
  db: Database,
  tenantId: string,
  filter: AuditFilter,
  most = AUDIT_PAGE,
): Promise<AuditPage> {
  return withTenant(db, tenantId, async (tx) => {
    const found = await tx
      .select()
      .from(auditEntries)
      .where(and(...conditions(filter)))
      .orderBy(desc(auditEntries.id))
      .limit(most + 1);
    const shown = found.slice(0, most);
    const people = await readPeople(
      tx,
      shown.flatMap(({ userId }) => userId ?? []),
    );
    const rows = shown.map(({ id, createdAt, action, target, detail, userId }) => ({
      id,
      at: createdAt,
      action,
      target,
      detail,
      who: userId === null ? undefined : { id: userId, ...(people.get(userId) ?? GONE) },
    }));
    return { rows, next: found.length > most ? shown.at(-1)?.id : undefined };
  });
}

const GONE = { name: "a deleted account", email: "" };

function conditions(filter: AuditFilter): SQL[] {
  const people = filter.who.filter((who) => who !== "system");
  const who = [
    ...(people.length > 0 ? [inArray(auditEntries.userId, people)] : []),
    ...(filter.who.includes("system") ? [isNull(auditEntries.userId)] : []),
  ];
  const areas = filter.areas.map((area) => like(auditEntries.action, `${area}.%`));
  return [
    who.length > 0 ? or(...who) : undefined,
    areas.length > 0 ? or(...areas) : undefined,
    filter.target === undefined ? undefined : eq(auditEntries.target, filter.target),
    filter.from && gt(auditEntries.createdAt, filter.from),
    filter.after === undefined ? undefined : lt(auditEntries.id, filter.after),
    filter.search === undefined ? undefined : matches(filter.search),
  ].filter((condition) => condition !== undefined);
}

/** Words anywhere in what was done, to what, and with what. */
function matches(search: string): SQL {
  const pattern = `%${search.replace(/[\\%_]/g, "\\$&")}%`;
  return sql`(${auditEntries.action} || ' ' || ${auditEntries.target} || ' ' || ${auditEntries.detail}::text) ilike ${pattern}`;
}

/** Everybody who stands in the log: found by hopping from one to the next in the index, not by reading it all. */
export function listAuditPeople(db: Database, tenantId: string): Promise<{ id: string; name: string }[]> {
  return withTenant(db, tenantId, async (tx) => {
    const ids = await distinctActors(tx, tenantId);
    const people = await readPeople(tx, ids);
    return [...people].map(([id, { name, email }]) => ({ id, name: `${name} (${email})` }));
  });
}

async function distinctActors(tx: TenantTransaction, tenantId: string): Promise<string[]> {
  const rows = await tx.execute<{ user_id: string }>(sql`
    with recursive actor as (
      (select user_id from audit_entries where tenant_id = ${tenantId} and user_id is not null order by user_id limit 1)
      union all
      select (select e.user_id from audit_entries e where e.tenant_id = ${tenantId} and e.user_id > actor.user_id
        order by e.user_id limit 1) from actor where actor.user_id is not null
    ) select user_id from actor where user_id is not null limit 200`);
  return rows.map(({ user_id }) => user_id);
}
