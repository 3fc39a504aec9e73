import { sql } from "drizzle-orm";
import type { TenantTransaction } from "#/lib/db/database.ts";

export type Person = { name: string; email: string };

/** Names of people whom this tenant knows: its members, and who did something in it. Others are not in the answer. */
export async function readPeople(
  tx: TenantTransaction,
  userIds: readonly string[],
): Promise<Map<string, Person>> {
  const ids = [...new Set(userIds)];
  if (ids.length === 0) return new Map();
  const rows = await tx.execute<{ user_id: string; name: string; email: string }>(
    sql`select * from across.people(${sql.param(`{${ids.join(",")}}`)}::uuid[])`,
  );
  return new Map(rows.map(({ user_id, name, email }) => [user_id, { name, email }]));
}
