import { sql } from "drizzle-orm";
import { verifyPassword } from "#/lib/crypto/password.ts";
import type { Database } from "#/lib/db/database.ts";

export type SignedInUser = { userId: string; name: string; email: string };

type SignInRow = { user_id: string; name: string; email: string; password_hash: string };

/** The user when e-mail and password fit, else undefined; takes as long for an unknown e-mail. */
export async function verifySignIn(
  db: Database,
  attempt: { email: string; password: string },
): Promise<SignedInUser | undefined> {
  const [row] = await db.execute<SignInRow>(sql`select * from across.sign_in(${attempt.email.trim()})`);
  const fits = await verifyPassword(attempt.password, row?.password_hash);
  return row && fits ? { userId: row.user_id, name: row.name, email: row.email } : undefined;
}
