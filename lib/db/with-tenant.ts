import { sql } from "drizzle-orm";
import type { Database, TenantTransaction } from "./database.ts";

/**
 * The only way to a tenant's rows: a transaction whose row-level security is set to this tenant.
 * Keep it short; never wait for a model or a network inside it, since it holds a connection.
 */
export function withTenant<T>(
  db: Database,
  tenantId: string,
  work: (tx: TenantTransaction) => Promise<T>,
): Promise<T> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select set_config('app.tenant', ${tenantId}, true)`);
    return work(tx);
  });
}
