import { sql } from "drizzle-orm";
import { verifyPassword } from "#/lib/crypto/password.ts";
import type { Database } from "#/lib/db/database.ts";

/** `at` is the database's own time, in ms: sessions are ended by that clock, so they begin by it, too. */
export type SignedInUser = { userId: string; name: string; email: string; at: number };

type SignInRow = { user_id: string; name: string; email: string; password_hash: string; at: string };

/** The user when e-mail and password fit, else undefined; takes as long for an unknown e-mail. */
export async function verifySignIn(
  db: Database,
  attempt: { email: string; password: string },
): Promise<SignedInUser | undefined> {
  const [row] = await db.execute<SignInRow>(
    sql`select *, extract(epoch from clock_timestamp()) * 1000 as at from across.sign_in(${attempt.email.trim()})`,
  );
  const fits = await verifyPassword(attempt.password, row?.password_hash || undefined);
  return row && row.password_hash !== "" && fits
    ? { userId: row.user_id, name: row.name, email: row.email, at: Math.round(Number(row.at)) }
    : undefined;
}
