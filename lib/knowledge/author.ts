import { auditEntries } from "#/drizzle/schema/audit-entries.ts";
import type { TenantTransaction } from "#/lib/db/database.ts";
import { type Actor, audit } from "#/lib/tenancy/audit.ts";

/** Who changes a document: a person, a program with an API key, or the crawl of a site. */
export type Author = Actor | { tenantId: string; keyId: string } | { tenantId: string; siteId: string };

/** Notes what people and their programs did. A crawl keeps a record of its own. */
export async function noteChange(
  tx: TenantTransaction,
  author: Author,
  { action, target, detail = {} }: { action: string; target: string; detail?: Record<string, string> },
): Promise<void> {
  if ("userId" in author) return audit(tx, author, { action, target, detail });
  if (!("keyId" in author)) return;
  await tx.insert(auditEntries).values({
    tenantId: author.tenantId,
    action,
    target,
    detail: { ...detail, apiKey: author.keyId },
  });
}
