import { createHash, timingSafeEqual } from "node:crypto";
import type { PlatformAccess } from "#/lib/connectors/platform-access.ts";
import { userInfo } from "#/lib/connectors/salesforce/api/organization.ts";
import { credentials, type SalesforceCredentials } from "#/lib/connectors/salesforce/credentials.ts";
import { readRecordId } from "#/lib/connectors/salesforce/organization-id.ts";
import { isAppError } from "#/lib/kernel/app-error.ts";
import type { Clock } from "#/lib/kernel/clock.ts";
import { TOKEN_LIFETIME_SECONDS, type WidgetTokens } from "#/lib/realtime/widget-token.ts";
import { ACCESS_TOKEN_TYPE, type ExchangeRequest, readExchangeRequest } from "./exchange-request.ts";
import { OAuthError } from "./oauth-error.ts";

/** A connection whose tenant may be meant; `values` are its settings and unsealed secrets. */
export type Candidate = {
  tenantId: string;
  connectionId: string;
  publicId: string;
  values: Record<string, unknown>;
};

/** What the exchange rests on; passed in, so that a test needs no web process. */
export type ExchangeGround = {
  /** Active connections that say they belong to this org. Any tenant can say so: only the secret decides. */
  candidatesOf(organizationId: string, doubted: boolean): Promise<readonly Candidate[]>;
  accessOf(connectionId: string): PlatformAccess;
  tokens: Pick<WidgetTokens, "mint">;
  clock: Clock;
  portalUrl: string;
  realtimeUrl: string;
};

export type ExchangeAnswer = {
  access_token: string;
  issued_token_type: string;
  token_type: "Bearer";
  expires_in: number;
  scope: string;
  /** Beyond the standard: where the widget is, where it connects to, and who it is for. */
  widget_url: string;
  realtime_url: string;
  agent: { id: string; name?: string };
};

const USER_INFO_MS = 8_000;

/**
 * Exchanges what an org's Apex knows of its user for a widget token of a few minutes, bound to the agent and to one
 * record (RFC 8693). The tenant is found by the organization's id and proven by the connection's exchange secret.
 */
export async function exchangeToken(
  form: URLSearchParams,
  authorization: string | null,
  ground: ExchangeGround,
): Promise<ExchangeAnswer> {
  const request = readExchangeRequest(form, authorization);
  const { candidate, own } = await admit(request, ground);
  const agent = await agentOf(request, own, ground.accessOf(candidate.connectionId));
  const token = await ground.tokens.mint({
    tenantId: candidate.tenantId,
    connectionId: candidate.connectionId,
    platform: "salesforce",
    conversationId: request.recordId,
    agentId: agent.id,
    ...(agent.name && { agentName: agent.name }),
    claimed: false,
  });
  return {
    access_token: token,
    issued_token_type: ACCESS_TOKEN_TYPE,
    token_type: "Bearer",
    expires_in: TOKEN_LIFETIME_SECONDS,
    scope: `conversation:${request.recordId}`,
    widget_url: `${ground.portalUrl.replace(/\/+$/, "")}/widget/salesforce/${candidate.publicId}`,
    realtime_url: ground.realtimeUrl,
    agent,
  };
}

async function admit(request: ExchangeRequest, ground: ExchangeGround) {
  // An organization may be connected twice, and the second time a moment ago.
  const found = (await admitOne(request, ground, false)) ?? (await admitOne(request, ground, true));
  if (found) return found;
  throw new OAuthError("invalid_client", "The organization is not known here, or not with this secret.");
}

async function admitOne(
  { organizationId, secret }: ExchangeRequest,
  ground: ExchangeGround,
  doubted: boolean,
) {
  const candidates = await ground.candidatesOf(organizationId, doubted);
  const admitted = candidates.flatMap((candidate) => {
    const own = credentials.safeParse(candidate.values);
    if (!own.success || own.data.orgId !== organizationId) return [];
    return vouches(own.data, candidate, { secret, now: ground.clock() })
      ? [{ candidate, own: own.data }]
      : [];
  });
  // Compared in any case, so that the time tells nothing of what is connected here.
  if (candidates.length === 0) same(secret, "");
  return admitted[0];
}

function vouches(
  { exchangeSecret, previousExchangeSecret }: SalesforceCredentials,
  { values }: Candidate,
  { secret, now }: { secret: string; now: number },
): boolean {
  const until = Date.parse(String(values.previousValidUntil ?? ""));
  const current = same(secret, exchangeSecret);
  const previous = same(secret, previousExchangeSecret);
  return current || (previous && until > now);
}

/** False where nothing is expected: an empty secret opens nothing. */
function same(given: string, expected: string | undefined): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  const equal = timingSafeEqual(digest(given), digest(expected ?? ""));
  return equal && Boolean(expected);
}

async function agentOf(
  { subject, organizationId }: ExchangeRequest,
  { myDomain }: SalesforceCredentials,
  access: PlatformAccess,
): Promise<{ id: string; name?: string }> {
  if (subject.kind === "user") return { id: subject.id, ...(subject.name && { name: subject.name }) };
  const signal = AbortSignal.timeout(USER_INFO_MS);
  const found = await userInfo({ myDomain, token: subject.accessToken, access, signal }).catch(
    (cause: unknown) => {
      if (isAppError(cause) && !cause.retryable)
        throw new OAuthError("invalid_request", "The org does not take this subject_token.", { cause });
      throw new OAuthError("temporarily_unavailable", "The org could not be asked about the token.", {
        cause,
      });
    },
  );
  if (found.organization_id !== organizationId)
    throw new OAuthError("invalid_request", "The subject_token is another organization's.");
  const name = found.name ?? found.preferred_username;
  return { id: readRecordId(found.user_id) ?? found.user_id, ...(name && { name }) };
}
