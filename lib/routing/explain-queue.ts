import { and, count, eq } from "drizzle-orm";
import { connections } from "#/drizzle/schema/connections.ts";
import { documents } from "#/drizzle/schema/documents.ts";
import { knowledgeBases } from "#/drizzle/schema/knowledge-bases.ts";
import { queueMappings } from "#/drizzle/schema/queue-mappings.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { type ChosenProfile, chooseProfile } from "./choose-profile.ts";

export type QueueExplanation = {
  why: ChosenProfile["why"] | "nothing";
  /** Of the mapping that decides, to open it. */
  mappingId: string | undefined;
  connection: string;
  paused: boolean;
  version: number | undefined;
  knowledgeBase: { id: string; name: string; documents: number; from: "mapping" | "default" } | undefined;
  model: string | undefined;
  systemPrompt: string;
  /** Undefined: the product's own. */
  threshold: number | undefined;
};

/** What a turn in this queue would be answered with at this moment, and what decides it. Without a queue: the default. */
export async function explainQueue(
  db: Database,
  tenantId: string,
  place: { connectionId: string; queueId: string | undefined },
): Promise<QueueExplanation> {
  const chosen = await chooseProfile(db, { tenantId, ...place });
  return withTenant(db, tenantId, async (tx) => {
    const [connection] = await tx.select().from(connections).where(eq(connections.id, place.connectionId));
    if (!connection) throw new AppError("not_found", "This connection does not exist any more.");
    const mapping = await mappingOf(tx, place);
    return {
      why: chosen?.why ?? "nothing",
      mappingId: mapping?.id,
      connection: connection.name,
      paused: !connection.active,
      version: chosen?.version,
      knowledgeBase: await baseOf(tx, chosen),
      model: chosen?.model?.name,
      systemPrompt: chosen?.systemPrompt ?? "",
      threshold: chosen?.threshold,
    };
  });
}

async function mappingOf(
  tx: TenantTransaction,
  { connectionId, queueId }: { connectionId: string; queueId: string | undefined },
) {
  if (queueId === undefined) return undefined;
  const [row] = await tx
    .select()
    .from(queueMappings)
    .where(and(eq(queueMappings.connectionId, connectionId), eq(queueMappings.queueId, queueId)));
  return row;
}

async function baseOf(tx: TenantTransaction, chosen: ChosenProfile | undefined) {
  if (!chosen?.knowledgeBaseId) return undefined;
  const [base] = await tx.select().from(knowledgeBases).where(eq(knowledgeBases.id, chosen.knowledgeBaseId));
  const [indexed] = await tx
    .select({ n: count() })
    .from(documents)
    .where(and(eq(documents.knowledgeBaseId, chosen.knowledgeBaseId), eq(documents.state, "ready")));
  if (!base) return undefined;
  const own = chosen.why === "queue mapping" && !chosen.baseInherited;
  return {
    id: base.id,
    name: base.name,
    documents: indexed?.n ?? 0,
    from: own ? ("mapping" as const) : ("default" as const),
  };
}
