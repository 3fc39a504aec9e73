import type postgres from "postgres";
import type { Database } from "#/lib/db/database.ts";
import type { Actor } from "#/lib/tenancy/audit.ts";
import { listMappings } from "../list-mappings.ts";
import { mappingFormSchema } from "../mapping-form.ts";
import { saveMapping } from "../save-mapping.ts";

export type World = {
  tenantId: string;
  ada: Actor;
  ben: Actor;
  connectionId: string;
  help: string;
  billing: string;
};

/** A tenant with two admins, a connection and two knowledge bases. */
export async function aWorld(owner: postgres.Sql): Promise<World> {
  const [tenant] = await owner`
    insert into tenants (slug, name) values (${crypto.randomUUID()}, 'Acme') returning id`;
  const tenantId: string = tenant?.id;
  const person = async (name: string): Promise<Actor> => {
    const [user] = await owner`
      insert into users (email, name, password_hash) values (${`${crypto.randomUUID()}@example.com`}, ${name}, 'x')
      returning id`;
    await owner`insert into members (tenant_id, user_id, role) values (${tenantId}, ${user?.id}, 'admin')`;
    return { tenantId, userId: user?.id };
  };
  const base = async (name: string): Promise<string> => {
    const [row] = await owner`
      insert into knowledge_bases (tenant_id, name) values (${tenantId}, ${name}) returning id`;
    return row?.id;
  };
  const [connection] = await owner`
    insert into connections (tenant_id, public_id, platform, name)
    values (${tenantId}, ${crypto.randomUUID()}, 'genesys', 'Main line') returning id`;
  return {
    tenantId,
    ada: await person("Ada"),
    ben: await person("Ben"),
    connectionId: connection?.id,
    help: await base("Help centre"),
    billing: await base("Billing articles"),
  };
}

export const mappingForm = (world: World, changes: object = {}) =>
  mappingFormSchema.parse({
    connectionId: world.connectionId,
    queueId: "q-1",
    queueName: "Billing",
    knowledgeBaseId: world.billing,
    ...changes,
  });

/** Maps a queue, by Ada, and answers its row of the table. */
export async function aMapping(db: Database, world: World, changes: object = {}) {
  const saved = await saveMapping(db, world.ada, mappingForm(world, changes));
  if ("stale" in saved) throw new Error("a new mapping is never stale");
  const { mappings } = await listMappings(db, world.tenantId);
  const row = mappings.find(({ mappingId }) => mappingId === saved.mappingId);
  if (!row?.profileId) throw new Error("the mapping is not in the table");
  return { ...row, profileId: row.profileId };
}
