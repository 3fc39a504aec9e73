import { sql } from "drizzle-orm";
import * as z from "zod";
import { hashPassword } from "#/lib/crypto/password.ts";
import type { Database } from "#/lib/db/database.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { newPassword } from "./password-rules.ts";
import { verifySignIn } from "./verify-sign-in.ts";

export const nameFormSchema = z.object({
  name: z
    .string()
    .trim()
    .min(1, "Enter your name, as colleagues shall see it.")
    .max(120, "120 characters at most."),
});

export const passwordFormSchema = z
  .object({
    current: z.string().min(1, "Enter the password that you have now.").max(1024),
    password: newPassword,
    again: z.string(),
  })
  .refine(({ password, again }) => password === again, {
    path: ["again"],
    message: "The two passwords differ. Type the same one twice.",
  });

export async function renameAccount(db: Database, userId: string, name: string): Promise<void> {
  await db.execute(sql`select across.change_person(${userId}, ${name}, null, false)`);
}

/**
 * A new password, for who knows the present one: an open screen or a session from an identity provider is not enough.
 * Every session that began before ends, this one too.
 */
export async function changePassword(
  db: Database,
  account: { userId: string; email: string },
  form: z.output<typeof passwordFormSchema>,
): Promise<void> {
  const known = await verifySignIn(db, { email: account.email, password: form.current });
  if (known?.userId !== account.userId)
    throw new AppError("forbidden", "This is not your password. Check it and try again.", {
      field: "current",
    });
  const hash = await hashPassword(form.password);
  await db.execute(sql`select across.change_person(${account.userId}, null, ${hash}, true)`);
}

/** Ends every session of this person, in every browser. */
export async function endSessions(db: Database, userId: string): Promise<void> {
  await db.execute(sql`select across.change_person(${userId}, null, null, true)`);
}
