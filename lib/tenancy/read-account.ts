import { sql } from "drizzle-orm";
import type { Database } from "#/lib/db/database.ts";

/** A person as they are now. */
export type Account = {
  name: string;
  email: string;
  hasPassword: boolean;
  /** Sessions that began before this moment are over; in ms. */
  sessionsFrom: number;
};

type Row = { name: string; email: string; has_password: boolean; sessions_from: string | Date | null };

export async function readAccount(db: Database, userId: string): Promise<Account | undefined> {
  const [row] = await db.execute<Row>(sql`select * from across.person(${userId})`);
  if (!row) return undefined;
  return {
    name: row.name,
    email: row.email,
    hasPassword: row.has_password,
    sessionsFrom: row.sessions_from === null ? 0 : new Date(row.sessions_from).getTime(),
  };
}
