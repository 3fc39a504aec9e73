import { sql } from "drizzle-orm";
import type { Database } from "#/lib/db/database.ts";
import type { SignedInUser } from "./verify-sign-in.ts";

/** What an identity provider has said about a person, after its signature and its claims were checked. */
export type ProvenIdentity = {
  provider: "google" | "microsoft";
  /** The provider's own id of the account; it never changes, an e-mail address may. */
  subject: string;
  /** Google's hosted domain, or the id of an Entra directory. */
  directory: string;
  email: string;
  name: string;
};

type Row = { user_id: string; name: string; email: string; at: string };

/**
 * Who signs in at a provider; undefined where no tenant is open to them this way. Makes an account and a membership
 * only where a tenant lets people of this directory join. An existing account is found by the provider's own id, else
 * by its address: that is safe because the session then opens only tenants which name this very directory.
 */
export async function signInByProvider(
  db: Database,
  proven: ProvenIdentity,
): Promise<SignedInUser | undefined> {
  const { provider, subject, email, name, directory } = proven;
  const [row] = await db.execute<Row>(
    sql`select *, extract(epoch from clock_timestamp()) * 1000 as at
      from across.single_sign_on(${provider}, ${subject}, ${email}, ${name}, ${directory})`,
  );
  return row && { userId: row.user_id, name: row.name, email: row.email, at: Math.round(Number(row.at)) };
}
