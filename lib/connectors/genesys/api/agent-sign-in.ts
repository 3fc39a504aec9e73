import * as z from "zod";
import type { PlatformAccess } from "../../platform-access.ts";
import { readToken } from "./client-token.ts";
import { exchange } from "./exchange.ts";
import type { GenesysClient } from "./genesys-client.ts";
import type { GenesysHosts } from "./hosts.ts";

const VERIFIER_BYTES = 48;

/** Proof key of one sign-in: 64 letters of the unreserved set (contract section 2.2). */
export function newVerifier(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(VERIFIER_BYTES)));
}

export async function challengeOf(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  return base64url(new Uint8Array(digest));
}

type Authorization = {
  hosts: GenesysHosts;
  clientId: string;
  redirectUri: string;
  state: string;
  challenge: string;
  /** The organization's id: the login page then skips the question which one. */
  organizationHint?: string | undefined;
};

/** Where the agent signs in. No `scope`: the platform takes the scopes of the OAuth client. */
export function authorizeUrl(authorization: Authorization): string {
  const url = new URL(`${authorization.hosts.login}/oauth/authorize`);
  url.search = new URLSearchParams({
    client_id: authorization.clientId,
    redirect_uri: authorization.redirectUri,
    response_type: "code",
    code_challenge: authorization.challenge,
    code_challenge_method: "S256",
    state: authorization.state,
    ...(authorization.organizationHint && { target: authorization.organizationHint }),
  }).toString();
  return url.href;
}

type CodeExchange = {
  hosts: GenesysHosts;
  access: PlatformAccess;
  clientId: string;
  /** Letter for letter the one of `authorizeUrl`. */
  redirectUri: string;
  code: string;
  verifier: string;
  signal?: AbortSignal | undefined;
};

export type AgentToken = { accessToken: string; expiresInSeconds: number };

/**
 * A code is good once, so what became of a lost answer is not asked again: the agent signs in anew. Throws
 * `upstream_rejected` with the platform's `code`, `invalid_grant` for a used or stale code.
 */
export async function exchangeCode(sign: CodeExchange): Promise<AgentToken> {
  const answer = await exchange(sign.access, {
    url: `${sign.hosts.login}/oauth/token`,
    init: {
      method: "POST",
      headers: { accept: "application/json", "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({
        grant_type: "authorization_code",
        code: sign.code,
        code_verifier: sign.verifier,
        client_id: sign.clientId,
        redirect_uri: sign.redirectUri,
      }).toString(),
    },
    idempotent: false,
    signal: sign.signal,
  });
  const { access_token, expires_in } = readToken(answer);
  return { accessToken: access_token, expiresInSeconds: expires_in };
}

const named = z.object({ id: z.string().min(1), name: z.string().optional() });

const tokenInfoAnswer = z.object({
  organization: named,
  homeOrganization: named.nullish(),
  authorizedScope: z.array(z.string()).nullish(),
  OAuthClient: z.object({ id: z.string() }).nullish(),
});

export type TokenInfo = {
  /** The organization that the token works in; whoever has a token of another one is no agent of this tenant. */
  organization: { id: string; name?: string };
  scopes: string[];
  clientId: string | undefined;
};

export async function tokenInfo(client: GenesysClient, signal?: AbortSignal): Promise<TokenInfo> {
  const answer = await client.request("GET", "/api/v2/tokens/me", { schema: tokenInfoAnswer, signal });
  const { id, name } = answer.organization;
  return {
    organization: { id, ...(name && { name }) },
    scopes: answer.authorizedScope ?? [],
    clientId: answer.OAuthClient?.id,
  };
}

const meAnswer = z.object({ id: z.string().min(1), name: z.string().nullish(), email: z.string().nullish() });

/** Who is signed in; not valid with a client's own token. */
export async function me(
  client: GenesysClient,
  signal?: AbortSignal,
): Promise<{ id: string; name?: string; email?: string }> {
  const answer = await client.request("GET", "/api/v2/users/me", { schema: meAnswer, signal });
  return {
    id: answer.id,
    ...(answer.name && { name: answer.name }),
    ...(answer.email && { email: answer.email }),
  };
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
