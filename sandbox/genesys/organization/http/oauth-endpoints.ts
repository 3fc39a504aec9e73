import { createHash, timingSafeEqual } from "node:crypto";
import { OAuthError } from "../api-error.ts";
import type { ClientRecord } from "../demo-organization.ts";
import type { Token } from "../tokens.ts";
import type { World } from "../world.ts";
import { type ApiReply, type ApiRequest, apiEndpoint, type Endpoint, pathPattern } from "./endpoint.ts";

/** The token endpoint and what a token says of itself (contract, section 2). */
export function oauthEndpoints(world: World): Endpoint[] {
  return [
    {
      method: "POST",
      path: pathPattern("/oauth/token"),
      access: "public",
      answer: (request) => ({ body: tokenBody(grant(request, world), world) }),
    },
    apiEndpoint(world, "GET /tokens/me", {}, (_request, token) => ({ body: tokenInfo(token, world) })),
    apiEndpoint(world, "DELETE /tokens/me", {}, (_request, token): ApiReply => {
      world.tokens.revoke(token);
      return { status: 204 };
    }),
  ];
}

function grant(request: ApiRequest, world: World): Token {
  const form = new URLSearchParams(request.body instanceof URLSearchParams ? request.body : undefined);
  const type = form.get("grant_type");
  if (type === "client_credentials") {
    return world.tokens.issue(withSecret(request, world));
  }
  if (type === "authorization_code") return byCode(request, form, world);
  throw new OAuthError(400, "unsupported_grant_type", `grant_type ${type ?? "(none)"} is not supported`);
}

function withSecret(request: ApiRequest, world: World): ClientRecord {
  const encoded = /^basic\s+(.+)$/i.exec(request.raw.headers.authorization ?? "")?.[1] ?? "";
  const [id = "", ...rest] = Buffer.from(encoded, "base64").toString("utf8").split(":");
  const client = usable(world.directory.client(id));
  if (client.grant !== "CLIENT-CREDENTIALS" || client.secret === undefined) {
    throw new OAuthError(400, "unauthorized_client", "the client may not use this grant type");
  }
  if (!same(client.secret, rest.join(":"))) {
    throw new OAuthError(401, "invalid_client", "authentication failed");
  }
  return client;
}

/** A public client: its proof is the verifier, and a secret would be a mistake worth hearing of. */
function byCode(request: ApiRequest, form: URLSearchParams, world: World): Token {
  if (request.raw.headers.authorization) {
    throw new OAuthError(400, "invalid_request", "a PKCE client sends no Authorization header");
  }
  const client = usable(world.directory.client(form.get("client_id") ?? ""));
  if (client.grant !== "CODE") {
    throw new OAuthError(400, "unauthorized_client", "the client may not use this grant type");
  }
  const user = world.tokens.redeem(form.get("code") ?? "", {
    clientId: client.id,
    redirectUri: form.get("redirect_uri") ?? "",
    verifier: form.get("code_verifier") ?? "",
  });
  return world.tokens.issue(client, user);
}

function usable(client: ClientRecord | undefined): ClientRecord {
  if (!client) throw new OAuthError(400, "invalid_client", "client not found: check the id and the region");
  if (client.state === "inactive") throw new OAuthError(400, "unauthorized_client", "client is disabled");
  return client;
}

function same(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

function tokenBody(token: Token, { settings }: World): object {
  return { access_token: token.value, token_type: "bearer", expires_in: settings.tokenSeconds };
}

function tokenInfo(token: Token, { directory, clock }: World): object {
  const { id, name } = directory.organization(token.organizationId);
  const owner = directory.organization(token.client.organizationId);
  return {
    organization: { id, name },
    homeOrganization: { id, name },
    authorizedScope: token.client.scopes,
    dateTokenIdles: new Date(Math.max(token.expiresAt, clock.now())).toISOString(),
    OAuthClient: {
      id: token.client.id,
      name: token.client.name,
      organization: { id: owner.id, name: owner.name },
    },
  };
}
