import { asc, isNotNull } from "drizzle-orm";
import * as z from "zod";
import { connections } from "#/drizzle/schema/connections.ts";
import { conversations } from "#/drizzle/schema/conversations.ts";
import { knowledgeBases } from "#/drizzle/schema/knowledge-bases.ts";
import { modelIntegrations } from "#/drizzle/schema/model-integrations.ts";
import { platformQueues } from "#/drizzle/schema/platform-queues.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import type { PlatformId } from "#/lib/kernel/platform-id.ts";

export type Named = { id: string; name: string };
/** `goneAt`: since when the platform's own list is without it. */
export type QueueChoice = Named & { goneAt?: Date };
export type ConnectionChoice = Named & {
  platform: PlatformId;
  queues: QueueChoice[];
  /** When the platform last listed its queues, ISO; undefined where it never did. */
  listedAt: string | undefined;
};
export type MappingChoices = { connections: ConnectionChoice[]; bases: Named[]; models: Named[] };

const settingsSchema = z.object({
  queues: z.array(z.object({ id: z.string(), name: z.string().optional() })).catch([]),
  queuesListedAt: z.string().optional().catch(undefined),
});

/** What the mapping form offers: queues that the platform lists, those that conversations came from, and those that settings name. */
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
    const listed = await listedQueues(tx);
    const offered = installed.map(({ id, name, platform, settings: stored }) => {
      const settings = settingsSchema.parse(stored);
      const own = ({ connectionId }: { connectionId: string }) => connectionId === id;
      // Of the same queue, what stands further down counts: the platform's own list knows best.
      const known = [...seen.filter(own), ...settings.queues, ...listed.filter(own)];
      return { id, name, platform, queues: offeredOf(known), listedAt: settings.queuesListedAt };
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

async function listedQueues(tx: TenantTransaction) {
  const rows = await tx.select().from(platformQueues);
  return rows.map(({ connectionId, queueId, name, goneAt }) => ({
    connectionId,
    id: queueId,
    name,
    ...(goneAt && { goneAt }),
  }));
}

type KnownQueue = { id: string; name?: string | null | undefined; goneAt?: Date };

function offeredOf(known: readonly KnownQueue[]): QueueChoice[] {
  const queues = known.map(({ id, name, goneAt }) => ({ id, name: name ?? id, ...(goneAt && { goneAt }) }));
  return [...new Map(queues.map((queue) => [queue.id, queue])).values()].sort(byStateAndName);
}

/** What is gone stands last. */
function byStateAndName(a: QueueChoice, b: QueueChoice): number {
  return (
    Number(a.goneAt !== undefined) - Number(b.goneAt !== undefined) || a.name.localeCompare(b.name, "en")
  );
}
