import { sql } from "drizzle-orm";
import * as z from "zod";
import type { Role } from "#/drizzle/schema/members.ts";
import { hashPassword } from "#/lib/crypto/password.ts";
import type { Database } from "#/lib/db/database.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { hashInvitationToken } from "./invitation-token.ts";
import { newPassword } from "./password-rules.ts";
import { builtInRole } from "./permissions.ts";

export type OpenInvitation = {
  tenantName: string;
  slug: string;
  email: string;
  roleName: string;
  invitedBy: string | undefined;
  expiresAt: Date;
  /** The invited person signs in with the account they have; else they make one. */
  accountExists: boolean;
};

type InvitationRow = {
  tenant_name: string;
  slug: string;
  email: string;
  role: Role;
  role_name: string | null;
  invited_by: string | null;
  expires_at: string | Date;
  account_exists: boolean;
};

/** What a link invites to; undefined once it was accepted, revoked or has expired. */
export async function readInvitation(db: Database, token: string): Promise<OpenInvitation | undefined> {
  const [row] = await db.execute<InvitationRow>(
    sql`select * from across.invitation(${hashInvitationToken(token)})`,
  );
  if (!row) return undefined;
  return {
    tenantName: row.tenant_name,
    slug: row.slug,
    email: row.email,
    roleName: row.role_name ?? builtInRole(row.role).name,
    invitedBy: row.invited_by ?? undefined,
    expiresAt: new Date(row.expires_at),
    accountExists: row.account_exists,
  };
}

export const newAccountSchema = z
  .object({
    token: z.string().min(1).max(200),
    name: z
      .string()
      .trim()
      .min(1, "Enter your name, as colleagues shall see it.")
      .max(120, "120 characters at most."),
    password: newPassword,
    again: z.string(),
  })
  .refine(({ password, again }) => password === again, {
    path: ["again"],
    message: "The two passwords differ. Type the same one twice.",
  });

const GONE = "This invitation does not count any more. Ask for a new one.";

/** Makes the account that the invitation is for, and its membership. Answers the tenant's slug. */
export async function acceptWithNewAccount(
  db: Database,
  form: z.output<typeof newAccountSchema>,
): Promise<{ slug: string; email: string }> {
  const invited = await readInvitation(db, form.token);
  if (!invited) throw new AppError("not_found", GONE);
  const passwordHash = await hashPassword(form.password);
  const slug = await accept(db, form.token, sql`null, ${form.name}, ${passwordHash}`);
  return { slug, email: invited.email };
}

/** Joins with the account of who is signed in; the invitation must be for that account's address. */
export function acceptAsUser(db: Database, token: string, userId: string): Promise<string> {
  return accept(db, token, sql`${userId}::uuid, null, null`);
}

async function accept(db: Database, token: string, person: ReturnType<typeof sql>): Promise<string> {
  const [row] = await db.execute<{ slug: string }>(
    sql`select slug from across.accept_invitation(${hashInvitationToken(token)}, ${person})`,
  );
  if (!row) throw new AppError("not_found", GONE);
  return row.slug;
}
