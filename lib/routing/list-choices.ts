import { asc, isNotNull } from "drizzle-orm";
import * as z from "zod";
import { connections } from "#/drizzle/schema/connections.ts";
import { conversations } from "#/drizzle/schema/conversations.ts";
import { knowledgeBases } from "#/drizzle/schema/knowledge-bases.ts";
import { modelIntegrations } from "#/drizzle/schema/model-integrations.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import type { PlatformId } from "#/lib/kernel/platform-id.ts";

export type Named = { id: string; name: string };
export type ConnectionChoice = Named & { platform: PlatformId; queues: Named[] };
export type MappingChoices = { connections: ConnectionChoice[]; bases: Named[]; models: Named[] };

const settingsSchema = z.object({
  queues: z.array(z.object({ id: z.string(), name: z.string().optional() })).catch([]),
});

/** What the mapping form offers: queues that the connection names, and those that conversations came from. */
export function listChoices(db: Database, tenantId: string): Promise<MappingChoices> {
  return withTenant(db, tenantId, async (tx) => {
    const installed = await tx.select().from(connections).orderBy(asc(connections.name));
    const seen = await seenQueues(tx);
    const bases = await tx
      .select({ id: knowledgeBases.id, name: knowledgeBases.name })
      .from(knowledgeBases)
      .orderBy(asc(knowledgeBases.name));
    const models = await tx
      .select({ id: modelIntegrations.id, name: modelIntegrations.name })
      .from(modelIntegrations)
      .orderBy(asc(modelIntegrations.name));
    const offered = installed.map(({ id, name, platform, settings }) => {
      const queues = new Map<string, string>();
      for (const queue of seen) if (queue.connectionId === id) queues.set(queue.id, queue.name ?? queue.id);
      for (const queue of settingsSchema.parse(settings).queues) queues.set(queue.id, queue.name ?? queue.id);
      return {
        id,
        name,
        platform,
        queues: [...queues].map(([queueId, label]) => ({ id: queueId, name: label })),
      };
    });
    return { connections: offered, bases, models };
  });
}

async function seenQueues(tx: TenantTransaction) {
  const rows = await tx
    .selectDistinct({
      connectionId: conversations.connectionId,
      id: conversations.queueId,
      name: conversations.queueName,
    })
    .from(conversations)
    .where(isNotNull(conversations.queueId))
    .limit(500);
  return rows.flatMap(({ connectionId, id, name }) => (id === null ? [] : [{ connectionId, id, name }]));
}
