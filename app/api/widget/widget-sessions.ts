import { createHash, timingSafeEqual } from "node:crypto";
import * as z from "zod";
import {
  type Connection,
  findConnection,
  openSecret,
  readConnection,
} from "#/lib/integrations/find-connection.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { systemClock } from "#/lib/kernel/clock.ts";
import { platformIdSchema } from "#/lib/kernel/platform-id.ts";
import {
  createWidgetTokens,
  TOKEN_LIFETIME_SECONDS,
  type WidgetClaims,
  type WidgetTokens,
} from "#/lib/realtime/widget-token.ts";
import { database } from "#/lib/web/database.ts";
import { keyRing } from "#/lib/web/key-ring.ts";
import { webEnv } from "#/lib/web/web-env.ts";

export const sessionRequestSchema = z.object({
  platform: platformIdSchema,
  connection: z.string().min(1).max(200),
  embedToken: z.string().max(4096),
  conversationId: z.string().min(1).max(200),
  agentId: z.string().max(200).optional(),
  agentName: z.string().max(200).optional(),
});
type SessionRequest = z.output<typeof sessionRequestSchema>;

/** What a session rests on; passed in, so that a test needs no web process. */
export type SessionGround = {
  find(publicId: string): Promise<Connection | undefined>;
  read(tenantId: string, connectionId: string): Promise<Connection | undefined>;
  embedTokenOf(connection: Connection): string | undefined;
  tokens: WidgetTokens;
  realtimeUrl: string;
};

export function sessionGround(): SessionGround {
  const { WIDGET_TOKEN_SECRET, REALTIME_URL } = webEnv();
  return {
    find: (publicId) => findConnection(database(), publicId),
    read: (tenantId, connectionId) => readConnection(database(), tenantId, connectionId),
    embedTokenOf: (connection) => openSecret(connection, "embedToken", keyRing()),
    tokens: createWidgetTokens(WIDGET_TOKEN_SECRET, systemClock),
    realtimeUrl: REALTIME_URL,
  };
}

/** One sentence for an unknown connection, a wrong token and an ended session: none can be told from the others. */
const refusal = () => new AppError("unauthenticated", "This widget may not be opened with this token.");

/**
 * Exchanges the embed token of an address for a widget token. The embed token proves the connection only:
 * whoever the address names as the agent is a claim, and the token opens one conversation.
 */
export async function openWidgetSession(request: SessionRequest, ground: SessionGround) {
  const connection = await ground.find(request.connection);
  const expected = connection?.platform === request.platform ? ground.embedTokenOf(connection) : undefined;
  // Compared in any case, so that the time tells nothing either.
  const matches = sameSecret(request.embedToken, expected ?? "");
  if (!connection || !expected || !matches) throw refusal();

  const { conversationId, agentId, agentName } = request;
  const claims: WidgetClaims = {
    tenantId: connection.tenantId,
    connectionId: connection.id,
    platform: connection.platform,
    conversationId,
    ...(agentId ? { agentId } : {}),
    ...(agentId && agentName ? { agentName } : {}),
    claimed: true,
    embedKey: embedKeyOf(expected),
  };
  return {
    token: await ground.tokens.mint(claims),
    expiresInSeconds: TOKEN_LIFETIME_SECONDS,
    realtimeUrl: ground.realtimeUrl,
    conversationId,
    ...(agentId ? { agent: { id: agentId, name: agentName, claimed: true } } : {}),
  };
}

/** A fresh token for a valid one, while its connection is switched on and its embed token has not been replaced. */
export async function renewWidgetSession(
  bearer: string,
  ground: Pick<SessionGround, "read" | "tokens" | "embedTokenOf">,
) {
  const { token, claims } = await ground.tokens.renew(bearer).catch(() => {
    throw refusal();
  });
  const connection = await ground.read(claims.tenantId, claims.connectionId);
  if (!connection?.active || embedKeyOf(ground.embedTokenOf(connection) ?? "") !== claims.embedKey)
    throw refusal();
  return { token, expiresInSeconds: TOKEN_LIFETIME_SECONDS };
}

/** Names an embed token without giving it away: a widget token can be read by whoever holds it. */
function embedKeyOf(embedToken: string): string {
  return createHash("sha256").update(`widget session of ${embedToken}`).digest("base64url");
}

function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
