import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as runMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";

/** Grants of the app role: every table but those that only functions may read. Members are added by functions alone. */
const GRANTS = (role: string) => [
  `GRANT USAGE ON SCHEMA public, across TO ${role}`,
  `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${role}`,
  `REVOKE ALL ON users, user_identities FROM ${role}`,
  `REVOKE INSERT, UPDATE, DELETE ON tenants FROM ${role}`,
  `REVOKE INSERT, UPDATE ON members FROM ${role}`,
  `GRANT UPDATE (role, role_id) ON members TO ${role}`,
  `GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA across TO ${role}`,
];

/**
 * Brings the schema up to date as the owner and makes the app role, which cannot bypass
 * row-level security, with the password that `appUrl` carries. Safe to run again, and by two at once.
 */
export async function migrate(urls: { ownerUrl: string; appUrl: string }): Promise<void> {
  const client = postgres(urls.ownerUrl, { max: 1, onnotice: () => {} });
  try {
    await client`select pg_advisory_lock(hashtext('omnibots migrate'))`;
    await runMigrations(drizzle(client), {
      migrationsFolder: fileURLToPath(new URL("../drizzle/migrations", import.meta.url)),
    });
    const app = new URL(urls.appUrl);
    const role = `"${decodeURIComponent(app.username).replaceAll('"', '""')}"`;
    const password = decodeURIComponent(app.password).replaceAll("'", "''");
    await client.unsafe(
      `DO $$ BEGIN CREATE ROLE ${role} LOGIN NOBYPASSRLS NOSUPERUSER; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`,
    );
    await client.unsafe(`ALTER ROLE ${role} PASSWORD '${password}'`);
    for (const grant of GRANTS(role)) await client.unsafe(grant);
  } finally {
    await client.end();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { DATABASE_URL, APP_DATABASE_URL } = process.env;
  if (!DATABASE_URL || !APP_DATABASE_URL) {
    console.error("Migration needs DATABASE_URL (owner) and APP_DATABASE_URL (app role).");
    process.exit(1);
  }
  await migrate({ ownerUrl: DATABASE_URL, appUrl: APP_DATABASE_URL });
}
