import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";

export type Database = PostgresJsDatabase;
/** Inside `withTenant`: sees and writes the rows of one tenant only. */
export type TenantTransaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

export type OpenDatabase = { db: Database; close: () => Promise<void> };

/** Opens a pool. Give it the app role's address: that role cannot bypass row-level security. */
export function openDatabase(url: string, options: { max?: number } = {}): OpenDatabase {
  const client = postgres(url, { max: options.max ?? 10, onnotice: () => {}, connect_timeout: 10 });
  return { db: drizzle(client), close: () => client.end({ timeout: 5 }) };
}
