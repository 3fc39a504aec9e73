import { and, asc, eq } from "drizzle-orm";
import { conversations } from "#/drizzle/schema/conversations.ts";
import { events } from "#/drizzle/schema/events.ts";
import type { FinishedConversation } from "#/lib/connectors/connector.ts";
import { connectorOf } from "#/lib/connectors/registry.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { valuesOf } from "./connection-values.ts";
import type { IntegrationDeps } from "./create-connection.ts";
import { readConnection } from "./find-connection.ts";
import { type ServerNetwork, serverAccess } from "./server-access.ts";

const LIMIT_MS = 30_000;

type Place = { tenantId: string; connectionId: string; conversationId: string };

/** Hands a finished conversation to its platform's archive; undefined where the admin has not switched one on. */
export type ArchiveConversation = (place: Place) => Promise<string | undefined>;

/** Doing it again changes nothing, so the event that ended the conversation is simply tried again where it fails. */
export function createArchive(deps: IntegrationDeps & { network: ServerNetwork }): ArchiveConversation {
  return async (place) => {
    const connection = await readConnection(deps.db, place.tenantId, place.connectionId);
    if (!connection) return undefined;
    const { credentials, archive } = connectorOf(connection.platform);
    if (!archive) return undefined;
    const own = credentials.safeParse(valuesOf(connection, deps.ring));
    if (!own.success || !archive.wanted(own.data)) return undefined;
    const finished = await readFinished(deps, place);
    if (!finished || finished.lines.length === 0) return undefined;
    const access = serverAccess(deps.network, connection.id);
    await archive.upload(own.data, finished, access, AbortSignal.timeout(LIMIT_MS));
    return archive.name;
  };
}

function readFinished(
  { db }: IntegrationDeps,
  { tenantId, conversationId }: Place,
): Promise<FinishedConversation | undefined> {
  return withTenant(db, tenantId, async (tx) => {
    const [row] = await tx.select().from(conversations).where(eq(conversations.id, conversationId));
    if (!row) return undefined;
    const said = await tx
      .select({ data: events.data, occurredAt: events.occurredAt })
      .from(events)
      .where(and(eq(events.conversationId, conversationId), eq(events.type, "utterance")))
      .orderBy(asc(events.occurredAt), asc(events.id));
    return {
      conversationId: row.platformConversationId,
      channel: row.channel ?? undefined,
      language: row.language ?? undefined,
      startedAt: row.startedAt.toISOString(),
      lines: said.map(({ data, occurredAt }) => ({
        speaker: data.speaker === "customer" ? ("customer" as const) : ("agent" as const),
        text: String(data.text ?? ""),
        at: occurredAt.toISOString(),
      })),
    };
  });
}
