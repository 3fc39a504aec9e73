import type { TenantTransaction } from "#/lib/db/database.ts";

/** Notes who did it, in the transaction that does it; the caller knows the person, this module does not. */
export type Note = (
  tx: TenantTransaction,
  entry: { action: string; target: string; detail?: Record<string, string> },
) => Promise<void>;
