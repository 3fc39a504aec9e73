import { serverAccess } from "#/lib/integrations/server-access.ts";
import { isAppError } from "#/lib/kernel/app-error.ts";
import { systemClock } from "#/lib/kernel/clock.ts";
import { createWidgetTokens } from "#/lib/realtime/widget-token.ts";
import { type ExchangeGround, exchangeToken } from "#/lib/token-exchange/exchange-token.ts";
import { OAuthError } from "#/lib/token-exchange/oauth-error.ts";
import { createOrganizationDirectory } from "#/lib/token-exchange/organization-directory.ts";
import { database } from "#/lib/web/database.ts";
import { keyRing } from "#/lib/web/key-ring.ts";
import { webNetwork } from "#/lib/web/network.ts";
import { readBytes } from "#/lib/web/route.ts";
import { webEnv } from "#/lib/web/web-env.ts";
import { webLog } from "#/lib/web/web-log.ts";
import { holdWidgetRate } from "#/lib/web/widget-rate.ts";

const BODY_LIMIT_BYTES = 16 * 1024;
const FORM = "application/x-www-form-urlencoded";

let kept: ExchangeGround | undefined;

function ground(): ExchangeGround {
  kept ??= openGround();
  return kept;
}

function openGround(): ExchangeGround {
  const { WIDGET_TOKEN_SECRET, REALTIME_URL, PORTAL_URL } = webEnv();
  return {
    candidatesOf: createOrganizationDirectory({ db: database(), ring: keyRing(), clock: systemClock }),
    accessOf: (connectionId) => serverAccess(webNetwork(), connectionId),
    tokens: createWidgetTokens(WIDGET_TOKEN_SECRET, systemClock),
    clock: systemClock,
    portalUrl: PORTAL_URL,
    realtimeUrl: REALTIME_URL,
  };
}

/** The token endpoint of RFC 8693 for Salesforce orgs: called by their Apex, server to server. Knows no cookie. */
export async function POST(request: Request): Promise<Response> {
  const headers = { "cache-control": "no-store", pragma: "no-cache" };
  try {
    const answer = await exchangeToken(
      await readForm(request),
      request.headers.get("authorization"),
      ground(),
    );
    return Response.json(answer, { headers });
  } catch (error) {
    const refusal = asOAuthError(error);
    const challenge: Record<string, string> =
      refusal.code === "invalid_client" ? { "www-authenticate": 'Basic realm="omnibots"' } : {};
    return Response.json(refusal.body, { status: refusal.status, headers: { ...headers, ...challenge } });
  }
}

async function readForm(request: Request): Promise<URLSearchParams> {
  await holdWidgetRate(request);
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== FORM) throw new OAuthError("invalid_request", `The body is ${FORM}.`);
  return new URLSearchParams(new TextDecoder().decode(await readBytes(request, BODY_LIMIT_BYTES)));
}

function asOAuthError(error: unknown): OAuthError {
  if (error instanceof OAuthError) return error;
  if (isAppError(error) && error.code === "too_large")
    return new OAuthError("invalid_request", error.message);
  if (isAppError(error) && error.code === "rate_limited")
    return new OAuthError("temporarily_unavailable", error.message);
  webLog.error({ err: error }, "token exchange failed");
  return new OAuthError("temporarily_unavailable", "This failed on our side. Try again.");
}
