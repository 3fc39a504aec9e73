import { createHash } from "node:crypto";
import * as z from "zod";
import { readSettings } from "#/lib/integrations/connection-settings.ts";
import type { Connection } from "#/lib/integrations/find-connection.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { systemClock } from "#/lib/kernel/clock.ts";
import { platformIdSchema } from "#/lib/kernel/platform-id.ts";
import type { AgentSessions } from "#/lib/realtime/agent-session.ts";
import {
  createWidgetTokens,
  TOKEN_LIFETIME_SECONDS,
  type WidgetClaims,
  type WidgetTokens,
} from "#/lib/realtime/widget-token.ts";
import { webEnv } from "#/lib/web/web-env.ts";
import { type AdmissionGround, admitWidget, refusal } from "#/lib/web/widget-admission.ts";
import { agentMayFollow } from "#/lib/web/widget-conversation.ts";
import { widgetGround } from "#/lib/web/widget-ground.ts";

export const sessionRequestSchema = z.object({
  platform: platformIdSchema,
  connection: z.string().min(1).max(200),
  embedToken: z.string().max(4096),
  conversationId: z.string().min(1).max(200),
  agentId: z.string().max(200).optional(),
  agentName: z.string().max(200).optional(),
  /** Of an agent who signed in at the platform: stands above the two lines before it. */
  agentSession: z.string().max(4096).optional(),
});
type SessionRequest = z.output<typeof sessionRequestSchema>;

/** What a session rests on; passed in, so that a test needs no web process. */
export type SessionGround = AdmissionGround & {
  read(tenantId: string, connectionId: string): Promise<Connection | undefined>;
  /** Whether the platform knows the agent in that conversation; true as well where it does not tell. */
  mayFollow(connection: Connection, conversationId: string, agentId: string): Promise<boolean>;
  tokens: WidgetTokens;
  agents: AgentSessions;
  realtimeUrl: string;
};

export function sessionGround(): SessionGround {
  const { WIDGET_TOKEN_SECRET, REALTIME_URL } = webEnv();
  return {
    ...widgetGround(),
    mayFollow: agentMayFollow,
    tokens: createWidgetTokens(WIDGET_TOKEN_SECRET, systemClock),
    realtimeUrl: REALTIME_URL,
  };
}

/**
 * Exchanges the embed token of an address for a widget token. The embed token proves the connection only:
 * whoever the address names as the agent is a claim, until the agent has signed in at the platform. The token
 * opens one conversation.
 */
export async function openWidgetSession(request: SessionRequest, ground: SessionGround) {
  const { connection, embedToken } = await admitWidget(request, ground);
  const { conversationId } = request;
  const { organizationId } = readSettings(connection.settings);
  const agent = await agentOf(request, connection, ground);
  const claims: WidgetClaims = {
    tenantId: connection.tenantId,
    connectionId: connection.id,
    platform: connection.platform,
    conversationId,
    ...(agent?.id ? { agentId: agent.id } : {}),
    ...(agent?.name ? { agentName: agent.name } : {}),
    claimed: agent?.claimed ?? true,
    embedKey: embedKeyOf(embedToken),
    ...(organizationId ? { organizationId } : {}),
  };
  return {
    token: await ground.tokens.mint(claims),
    expiresInSeconds: TOKEN_LIFETIME_SECONDS,
    realtimeUrl: ground.realtimeUrl,
    conversationId,
    ...(agent ? { agent } : {}),
  };
}

const SIGN_IN_FIRST =
  "Agents must sign in before this widget opens. If it offers no sign-in, it stands in a page that has none: open it inside the platform's own desktop, with the address from Integrations > Deploy.";

/** An admin may bind the connection to another organization while a shift goes on. */
const ELSEWHERE =
  "You signed in to another organization than the one that this widget belongs to now. Sign in again.";

const mustSignIn = ({ settings }: Connection) => readSettings(settings).agentsMustSignIn;

/** A session of another connection, or one that has ended, is refused: falling back to a claim would hide it. */
async function agentOf(
  { agentSession, agentId, agentName, conversationId }: SessionRequest,
  connection: Connection,
  ground: SessionGround,
): Promise<{ id: string; name?: string | undefined; claimed: boolean } | undefined> {
  if (agentSession === undefined && mustSignIn(connection)) throw new AppError("forbidden", SIGN_IN_FIRST);
  if (agentSession === undefined)
    return agentId ? { id: agentId, name: agentName, claimed: true } : undefined;
  const signedIn = await ground.agents.verify(agentSession);
  if (signedIn.tenantId !== connection.tenantId || signedIn.connectionId !== connection.id) throw refusal();
  const { organizationId } = readSettings(connection.settings);
  if (organizationId && signedIn.organizationId && signedIn.organizationId.toLowerCase() !== organizationId)
    throw new AppError("forbidden", ELSEWHERE);
  if (!(await ground.mayFollow(connection, conversationId, signedIn.agentId)))
    throw new AppError("not_found", "You take no part in this conversation.");
  return { id: signedIn.agentId, name: signedIn.agentName, claimed: !signedIn.confirmed };
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
  const { organizationId } = readSettings(connection.settings);
  if (claims.organizationId && organizationId && claims.organizationId !== organizationId) throw refusal();
  // The widget then asks for a new session, which a signed-in agent gets.
  if (claims.claimed && mustSignIn(connection)) throw refusal();
  return { token, expiresInSeconds: TOKEN_LIFETIME_SECONDS };
}

/** Names an embed token without giving it away: a widget token can be read by whoever holds it. */
function embedKeyOf(embedToken: string): string {
  return createHash("sha256").update(`widget session of ${embedToken}`).digest("base64url");
}
