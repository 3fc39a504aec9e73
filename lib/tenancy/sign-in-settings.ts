import * as z from "zod";
import { signInSettings } from "#/drizzle/schema/sign-in-settings.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { audit } from "./audit.ts";
import type { SessionOrigin } from "./list-memberships.ts";
import type { Asking } from "./permissions.ts";
import { chosenRole } from "./resolve-role.ts";

export type SignInSettings = {
  domains: readonly string[];
  google: boolean;
  microsoftDirectories: readonly string[];
  passwords: boolean;
  /** A built-in role's word, or the id of one of the tenant's own; undefined: nobody joins by themselves. */
  joinRole: string | undefined;
};

const NOTHING: SignInSettings = {
  domains: [],
  google: false,
  microsoftDirectories: [],
  passwords: true,
  joinRole: undefined,
};

export function readSignInSettings(db: Database, tenantId: string): Promise<SignInSettings> {
  return withTenant(db, tenantId, readIn);
}

async function readIn(tx: TenantTransaction): Promise<SignInSettings> {
  const [row] = await tx.select().from(signInSettings);
  if (!row) return NOTHING;
  const { domains, google, microsoftDirectories, passwords } = row;
  return {
    domains,
    google,
    microsoftDirectories,
    passwords,
    joinRole: row.joinRoleId ?? row.joinRole ?? undefined,
  };
}

const lines = (text: string) => [
  ...new Set(
    text
      .toLowerCase()
      .split(/[\s,]+/)
      .map((line) => line.replace(/^@/, ""))
      .filter((line) => line !== ""),
  ),
];
const DOMAIN = /^(?=.{4,253}$)[a-z0-9-]+(\.[a-z0-9-]+)+$/;
/** Anybody has an address there: such a domain stands for no company. */
const PUBLIC_DOMAINS = /^(gmail|googlemail|outlook|hotmail|live|yahoo|icloud|gmx|proton(mail)?|aol)\./;
const on = z.union([z.boolean(), z.literal("on").transform(() => true)]).default(false);

export const signInFormSchema = z
  .object({
    domains: z
      .string()
      .max(4_000)
      .transform(lines)
      .refine((all) => all.every((one) => DOMAIN.test(one)), "Write each domain as example.com, one a line.")
      .refine(
        (all) => !all.some((one) => PUBLIC_DOMAINS.test(one)),
        "Anybody can have an address at a public mail service: enter your company's own domain.",
      )
      .refine((all) => all.length <= 20, "20 domains at most."),
    google: on,
    microsoftDirectories: z
      .string()
      .max(2_000)
      .default("")
      .transform(lines)
      .refine(
        (all) => all.every((one) => z.uuid().safeParse(one).success),
        "A directory's id looks like 8eaef023-2b34-4da1-9baa-8bc8c9d6a490; Entra shows it on its overview.",
      )
      .refine((all) => all.length <= 5, "5 directories at most."),
    /** A switch that is off sends nothing. */
    passwords: on,
    joinRole: z.string().default(""),
  })
  .refine(
    ({ domains, google, microsoftDirectories }) =>
      domains.length > 0 || !(google || microsoftDirectories.length > 0),
    {
      path: ["domains"],
      message: "Enter your e-mail domain: single sign-on is for people of these domains only.",
    },
  );

export type SignInForm = z.output<typeof signInFormSchema>;

/**
 * Stores which ways of signing in open this tenant. Passwords can be switched off only by who is signed in the other
 * way, to this tenant, under the new settings: nobody locks everybody out by a mistyped domain.
 */
export async function saveSignInSettings(
  db: Database,
  asking: Asking & { origin: SessionOrigin; email: string },
  form: SignInForm,
): Promise<void> {
  if (!form.passwords && !opens(form, asking))
    throw new AppError(
      "conflict",
      "Sign in by single sign-on first, then switch passwords off: so that you do not lock yourself out.",
      { field: "passwords" },
    );
  return withTenant(db, asking.tenantId, async (tx) => {
    const joins = form.joinRole === "" ? undefined : await joinRole(tx, asking, form.joinRole);
    const fields = {
      domains: form.domains,
      google: form.google,
      microsoftDirectories: form.microsoftDirectories,
      passwords: form.passwords,
      joinRole: joins?.role ?? null,
      joinRoleId: joins?.roleId ?? null,
    };
    await tx
      .insert(signInSettings)
      .values({ tenantId: asking.tenantId, ...fields })
      .onConflictDoUpdate({ target: signInSettings.tenantId, set: fields });
    await audit(tx, asking, {
      action: "sign-in.saved",
      target: "single sign-on",
      detail: {
        domains: form.domains.join(", ") || "none",
        google: form.google ? "on" : "off",
        microsoft: form.microsoftDirectories.join(", ") || "off",
        passwords: form.passwords ? "on" : "off",
        joinsAs: joins?.held.name ?? "nobody",
      },
    });
  });
}

async function joinRole(tx: TenantTransaction, asking: Asking, chosen: string) {
  if (chosen === "owner")
    throw new AppError("invalid_input", "Nobody becomes an owner by signing in. Choose a lesser role.", {
      field: "joinRole",
    });
  try {
    return await chosenRole(tx, asking.role, chosen);
  } catch (error) {
    if (error instanceof AppError)
      throw new AppError(error.code, error.message, { field: "joinRole", cause: error });
    throw error;
  }
}

/** The rule that the database applies to sessions (`across.access_of`), for settings that are not stored yet. */
function opens(form: SignInForm, { origin, email }: { origin: SessionOrigin; email: string }): boolean {
  const ofDomain = form.domains.includes(email.split("@")[1] ?? "");
  if (origin.provider === "google") return ofDomain && form.google && form.domains.includes(origin.directory);
  if (origin.provider === "microsoft")
    return ofDomain && form.microsoftDirectories.includes(origin.directory);
  return false;
}
