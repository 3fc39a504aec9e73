import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { auditEntries } from "#/drizzle/schema/audit-entries.ts";
import { knowledgeBases } from "#/drizzle/schema/knowledge-bases.ts";
import { queueMappings } from "#/drizzle/schema/queue-mappings.ts";
import { normalize } from "#/lib/connectors/registry.ts";
import { openDatabase } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { createAcceptor } from "#/lib/pipeline/accept-delivery.ts";
import { processDelivery } from "#/lib/pipeline/process-delivery.ts";
import { aChatMessage } from "#/tests/factories/deliveries.ts";
import { aConnection } from "#/tests/factories/tenant.ts";
import { testDatabase } from "#/tests/support/test-database.ts";

const urls = await testDatabase();
const owner = openDatabase(urls.ownerUrl);
const app = openDatabase(urls.appUrl);
afterAll(async () => {
  await app.close();
  await owner.close();
});

const tenantTables = async () => {
  const rows = await owner.db.execute<{ table_name: string; forced: boolean; enabled: boolean }>(sql`
    select c.table_name, k.relforcerowsecurity as forced, k.relrowsecurity as enabled
    from information_schema.columns c join pg_class k on k.oid = ('public.' || c.table_name)::regclass
    where c.table_schema = 'public' and c.column_name = 'tenant_id'`);
  return [...rows];
};

test("row-level security is on and forced on every table that belongs to a tenant", async () => {
  const tables = await tenantTables();
  expect(tables.length).toBeGreaterThanOrEqual(15);
  expect(tables.filter(({ forced, enabled }) => !forced || !enabled)).toEqual([]);
});

test("the app role cannot bypass policies, nor become a role that can", async () => {
  const [role] = await app.db.execute<{ rolbypassrls: boolean; rolsuper: boolean; across: boolean }>(sql`
    select rolbypassrls, rolsuper, pg_has_role(current_user, 'omnibots_across', 'member') as across
    from pg_roles where rolname = current_user`);
  expect(role).toEqual({ rolbypassrls: false, rolsuper: false, across: false });
});

test("without a tenant there is nothing; within one there is nothing of another's", async () => {
  const mine = await aConnection(owner.db);
  const theirs = await aConnection(owner.db);
  const announced: { tenantId: string; deliveryId: string }[] = [];
  const accept = createAcceptor(app.db, {
    announce: (_, jobs) =>
      void announced.push(...(jobs as readonly { tenantId: string; deliveryId: string }[])),
  });
  await accept(aChatMessage(theirs, { text: "theirs alone" }));
  for (const place of announced) await processDelivery(app.db, place, normalize);

  for (const { table_name } of await tenantTables()) {
    const table = sql.identifier(table_name);
    const bare = await app.db.execute(sql`select 1 from ${table}`);
    expect(bare.length, table_name).toBe(0);
    const foreign = await withTenant(app.db, mine.tenantId, (tx) =>
      tx.execute(sql`select 1 from ${table} where tenant_id <> ${mine.tenantId}`),
    );
    expect(foreign.length, table_name).toBe(0);
  }
});

test("a row of another tenant can be neither written nor pointed at", async () => {
  const mine = await aConnection(owner.db);
  const theirs = await aConnection(owner.db);
  const write = (tenantId: string) =>
    withTenant(app.db, mine.tenantId, (tx) =>
      tx.insert(knowledgeBases).values({ tenantId, name: randomUUID() }),
    );
  await expect(write(theirs.tenantId)).rejects.toThrow();
  await expect(write(mine.tenantId)).resolves.toBeDefined();
  const pointing = withTenant(app.db, mine.tenantId, (tx) =>
    tx.insert(queueMappings).values({
      tenantId: mine.tenantId,
      connectionId: theirs.connectionId,
      queueId: "q",
      queueName: "q",
      profileId: randomUUID(),
    }),
  );
  await expect(pointing).rejects.toThrow();
});

test("passwords, tenants and members are out of the app role's hands", async () => {
  const place = await aConnection(owner.db);
  await expect(app.db.execute(sql`select password_hash from users`)).rejects.toThrow();
  await expect(app.db.execute(sql`select * from user_identities`)).rejects.toThrow();
  for (const statement of [
    sql`insert into tenants (slug, name) values ('x', 'x')`,
    sql`insert into members (tenant_id, user_id, role) values (${place.tenantId}, ${randomUUID()}, 'owner')`,
    sql`update members set user_id = ${randomUUID()}`,
  ])
    await expect(withTenant(app.db, place.tenantId, (tx) => tx.execute(statement))).rejects.toThrow();
});

test("the functions across tenants give ids and counts, nothing else", async () => {
  const columns = await owner.db.execute<{ name: string; columns: string }>(sql`
    select p.proname as name, pg_get_function_result(p.oid) as columns from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'across' order by 1`);
  expect(Object.fromEntries(columns.map((row) => [row.name, row.columns]))).toEqual({
    accept_invitation: "TABLE(user_id uuid, slug text)",
    accept_deliveries: "TABLE(place integer, delivery_id uuid, known boolean, fresh boolean)",
    accept_from_stream: "TABLE(held boolean, tenant_id uuid, delivery_id uuid)",
    // What a person may do where, for whoever knows the person's id.
    access_of:
      "TABLE(tenant_id uuid, slug text, name text, role text, role_id uuid, role_name text, permissions text[])",
    active_connections: "TABLE(tenant_id uuid, connection_id uuid, platform text)",
    backlog:
      "TABLE(stored_deliveries bigint, oldest_delivery timestamp with time zone, pending_events bigint, oldest_event timestamp with time zone)",
    change_person: "void",
    count_minutes: "void",
    due_conversations: "TABLE(tenant_id uuid, conversation_id uuid)",
    due_deliveries: "TABLE(tenant_id uuid, delivery_id uuid)",
    due_documents: "TABLE(tenant_id uuid, document_id uuid)",
    due_replays: "TABLE(tenant_id uuid, replay_id uuid)",
    due_sites: "TABLE(tenant_id uuid, site_id uuid)",
    due_retention: "TABLE(tenant_id uuid)",
    due_summaries: "TABLE(tenant_id uuid, conversation_id uuid)",
    // Only for whoever has the secret whose hash it is.
    find_api_key: "TABLE(tenant_id uuid, key_id uuid, scopes text[])",
    find_connection: "TABLE(tenant_id uuid, connection_id uuid)",
    // Ids only, and only of the transaction's own tenant.
    find_texts: "TABLE(id uuid, stored_at timestamp with time zone)",
    forget_rollups: "bigint",
    free_lease: "void",
    invitation:
      "TABLE(tenant_name text, slug text, email text, role text, role_name text, invited_by text, expires_at timestamp with time zone, account_exists boolean)",
    latency_bin: "smallint",
    memberships: "TABLE(tenant_id uuid, slug text, name text, role text)",
    note_processes: "void",
    // A stream's place, only for whoever has its lease's fence.
    open_stream: "TABLE(message_id text, opened_at timestamp with time zone, fresh boolean)",
    // Names only, and only of people whom the transaction's own tenant knows.
    people: "TABLE(user_id uuid, name text, email text)",
    person: "TABLE(name text, email text, has_password boolean, sessions_from timestamp with time zone)",
    // Figures of the installation's own processes.
    process_gauges: "TABLE(at timestamp with time zone, name text, value double precision)",
    process_history:
      "TABLE(process text, last_up timestamp with time zone, last_seen timestamp with time zone, up_since timestamp with time zone, version text)",
    roll_up: "boolean",
    sign_in: "TABLE(user_id uuid, name text, email text, password_hash text)",
    single_sign_on: "TABLE(user_id uuid, name text, email text)",
    take_lease: "TABLE(fence bigint)",
    untold_deliveries: "TABLE(tenant_id uuid, delivery_id uuid)",
    untold_texts: "TABLE(tenant_id uuid, event_id uuid, untold boolean)",
    widen_rollups: "void",
  });
});

test("a paused connection is not found, and an audit entry stays with its tenant", async () => {
  const place = await aConnection(owner.db, { active: false });
  const found = await app.db.execute(sql`select * from across.find_connection(${place.publicId})`);
  expect(found.length).toBe(0);
  await withTenant(app.db, place.tenantId, (tx) =>
    tx.insert(auditEntries).values({ tenantId: place.tenantId, action: "test", target: "x" }),
  );
  expect((await app.db.select().from(auditEntries)).length).toBe(0);
});
