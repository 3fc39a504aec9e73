import { and, eq, gt, isNotNull, isNull } from "drizzle-orm";
import { agentLinks } from "#/drizzle/schema/agent-links.ts";
import { conversations } from "#/drizzle/schema/conversations.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import type { DirectoryPlace } from "./directory-keys.ts";

export type AgentConversation = {
  conversationId: string;
  agentId: string;
  channel?: "voice" | "chat";
  queue?: { id: string; name?: string };
  language?: string;
};

/** One that nobody closed in this time was lost by the platform, not forgotten by us. */
const LIVE_MS = 12 * 60 * 60 * 1_000;
const MOST = 5_000;

/** What Postgres knows: admins' links, and the conversations that agents have on. */
export function readTruth(
  db: Database,
  { tenantId, connectionId }: DirectoryPlace,
): Promise<{ links: [name: string, agentId: string][]; conversations: AgentConversation[] }> {
  return withTenant(db, tenantId, async (tx) => {
    const links = await tx.select().from(agentLinks).where(eq(agentLinks.connectionId, connectionId));
    const open = await tx
      .select()
      .from(conversations)
      .where(
        and(
          eq(conversations.connectionId, connectionId),
          isNull(conversations.endedAt),
          isNotNull(conversations.agentId),
          gt(conversations.startedAt, new Date(Date.now() - LIVE_MS)),
        ),
      )
      .limit(MOST);
    return {
      links: links.map(({ alias, agentId }) => [alias, agentId]),
      conversations: open.map((row) => ({
        conversationId: row.platformConversationId,
        agentId: row.agentId ?? "",
        channel: row.channel ?? undefined,
        queue: row.queueId ? { id: row.queueId, name: row.queueName ?? undefined } : undefined,
        language: row.language ?? undefined,
      })),
    };
  });
}
