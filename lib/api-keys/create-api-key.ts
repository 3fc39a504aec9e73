import * as z from "zod";
import { apiKeys } from "#/drizzle/schema/api-keys.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { Clock } from "#/lib/kernel/clock.ts";
import { audit } from "#/lib/tenancy/audit.ts";
import { type Asking, may, type Permission } from "#/lib/tenancy/permissions.ts";
import { API_KEY_SCOPES, type ApiKeyScope, newApiKey } from "./api-key.ts";

/** A person may not hand out by a key what they may not do themselves. */
const NEEDED: Record<ApiKeyScope, Permission> = {
  "documents:read": "knowledge:read",
  "documents:write": "knowledge:write",
};

const DAY_MS = 24 * 60 * 60 * 1000;

const scope = z.enum(API_KEY_SCOPES);

export const apiKeyFormSchema = z.object({
  name: z
    .string()
    .trim()
    .min(1, "Give it a name, such as the program that will use it.")
    .max(80, "80 characters at most."),
  scopes: z
    .union([z.array(scope), scope.transform((one) => [one])], "Choose what it may do.")
    .refine((scopes) => scopes.length > 0, "Choose what it may do."),
  /** Days from now; empty: until it is revoked. */
  days: z.union([
    z.literal("").transform(() => undefined),
    z.coerce.number("Choose for how long it counts.").int().min(1).max(3650),
  ]),
});

export type ApiKeyForm = z.output<typeof apiKeyFormSchema>;

/** Makes a key and answers it in the clear: the only time that anybody sees it. */
export async function createApiKey(
  { db, clock }: { db: Database; clock: Clock },
  asking: Asking,
  form: ApiKeyForm,
): Promise<{ id: string; key: string }> {
  const refused = form.scopes.find((one) => !may(asking.role, NEEDED[one]));
  if (refused)
    throw new AppError("forbidden", `Your role may not do what "${refused}" allows.`, { field: "scopes" });
  const { key, prefix, hash } = newApiKey();
  const expiresAt = form.days === undefined ? null : new Date(clock() + form.days * DAY_MS);
  return withTenant(db, asking.tenantId, async (tx) => {
    const [row] = await tx
      .insert(apiKeys)
      .values({
        tenantId: asking.tenantId,
        name: form.name,
        prefix,
        hash,
        scopes: form.scopes,
        createdBy: asking.userId,
        expiresAt,
      })
      .returning({ id: apiKeys.id });
    if (!row) throw new Error("an insert returned no row");
    await audit(tx, asking, {
      action: "key.created",
      target: row.id,
      detail: {
        name: form.name,
        prefix,
        scopes: form.scopes.join(", "),
        expires: expiresAt?.toISOString() ?? "never",
      },
    });
    return { id: row.id, key };
  });
}
