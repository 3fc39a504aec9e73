import type { ConversationFacts } from "#/lib/connectors/connector.ts";
import { connectorOf } from "#/lib/connectors/registry.ts";
import { parse } from "#/lib/kernel/parse.ts";
import { valuesOf } from "./connection-values.ts";
import type { IntegrationDeps } from "./create-connection.ts";
import { readConnection } from "./find-connection.ts";
import { type ServerNetwork, serverAccess } from "./server-access.ts";

export type AskPlatform = (
  place: { tenantId: string; connectionId: string; conversationId: string },
  signal: AbortSignal,
) => Promise<ConversationFacts | undefined>;

/**
 * Who is talking where, by the platform's own servers. Undefined where they know no such conversation, or where the
 * connection has no client of its own to ask with.
 */
export function createAskPlatform(deps: IntegrationDeps & { network: ServerNetwork }): AskPlatform {
  return async ({ tenantId, connectionId, conversationId }, signal) => {
    const connection = await readConnection(deps.db, tenantId, connectionId);
    if (!connection) return undefined;
    const { credentials, describeConversation } = connectorOf(connection.platform);
    if (!describeConversation) return undefined;
    const own = parse(credentials, valuesOf(connection, deps.ring));
    return describeConversation(own, conversationId, serverAccess(deps.network, connectionId), signal);
  };
}
