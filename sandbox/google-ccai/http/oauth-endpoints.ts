import { createHash, randomUUID } from "node:crypto";
import { OAuthError } from "../google-error.ts";
import { jwkOf, readJwt, signJwt } from "../jwt.ts";
import { ACCOUNTS, OAUTH_CLIENT } from "../people.ts";
import type { Project } from "../project.ts";
import { type ApiReply, type ApiRequest, type Endpoint, endpoint } from "./endpoint.ts";

const HOUR_S = 3_600;

/** Tokens for service accounts and for people, and the keys that ID tokens are signed with. */
export function oauthEndpoints(project: Project): Endpoint[] {
  return [
    endpoint("GET /oauth2/v3/certs", () => ({
      body: { keys: [jwkOf(project.google)] },
      headers: { "cache-control": "public, max-age=20000" },
    })),
    endpoint("POST /token", (request) => token(project, request)),
    endpoint("GET /o/oauth2/v2/auth", (request) => signInPage(project, request)),
    endpoint("POST /o/oauth2/v2/auth", (request) => decide(project, request)),
  ];
}

function token(project: Project, { body }: ApiRequest): ApiReply {
  const form = body instanceof URLSearchParams ? body : new URLSearchParams();
  const grant = form.get("grant_type");
  if (grant === "urn:ietf:params:oauth:grant-type:jwt-bearer") return forServiceAccount(project, form);
  if (grant === "authorization_code") return forPerson(project, form);
  throw new OAuthError("unsupported_grant_type", `Invalid grant_type: ${grant}`);
}

function newToken(project: Project): string {
  const value = `ya29.${randomUUID()}`;
  project.tokens.set(value, project.now() + HOUR_S * 1_000);
  return value;
}

function forServiceAccount(project: Project, form: URLSearchParams): ApiReply {
  const { email, key } = project.serviceAccount;
  const claims = readJwt(form.get("assertion") ?? "", key.publicKey);
  if (!claims || claims.iss !== email) throw new OAuthError("invalid_grant", "Invalid JWT Signature.");
  const now = project.now() / 1_000;
  const inTime = Number(claims.exp) > now && Number(claims.iat) < now + 60;
  if (!inTime) throw new OAuthError("invalid_grant", "Invalid JWT: Token must be a short-lived token.");
  if (claims.aud !== "https://oauth2.googleapis.com/token" || !claims.scope)
    throw new OAuthError("invalid_scope", "Invalid OAuth scope or ID token audience provided.");
  return { body: { access_token: newToken(project), expires_in: HOUR_S - 1, token_type: "Bearer" } };
}

function forPerson(project: Project, form: URLSearchParams): ApiReply {
  const code = form.get("code") ?? "";
  const kept = project.codes.get(code);
  project.codes.delete(code);
  const challenge = createHash("sha256")
    .update(form.get("code_verifier") ?? "")
    .digest("base64url");
  if (form.get("client_secret") !== OAUTH_CLIENT.secret)
    throw new OAuthError("invalid_client", "The provided client secret is invalid.", 401);
  const same =
    kept?.clientId === form.get("client_id") &&
    kept?.redirectUri === form.get("redirect_uri") &&
    kept?.challenge === challenge;
  if (!kept || !same) throw new OAuthError("invalid_grant", "Malformed auth code.");
  const account = ACCOUNTS.find(({ sub }) => sub === kept.sub);
  const now = Math.floor(project.now() / 1_000);
  const idToken = signJwt(
    {
      iss: "https://accounts.google.com",
      aud: kept.clientId,
      azp: kept.clientId,
      iat: now,
      exp: now + HOUR_S,
      email_verified: true,
      ...account,
    },
    project.google,
  );
  const answer = { access_token: newToken(project), expires_in: HOUR_S - 1, token_type: "Bearer" };
  return { body: { ...answer, scope: "openid email profile", id_token: idToken } };
}

/** What is wrong before the redirect address is trusted is told to the person, never to that address. */
function problemOf(project: Project, query: URLSearchParams): string | undefined {
  if (query.get("client_id") !== OAUTH_CLIENT.id) return "Error 401: invalid_client";
  if (!project.redirectUris.has(query.get("redirect_uri") ?? "")) return "Error 400: redirect_uri_mismatch";
  if (query.get("response_type") !== "code" || query.get("code_challenge_method") !== "S256")
    return "Error 400: invalid_request";
  return undefined;
}

const page = (content: string): ApiReply => ({
  body: `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sign in</title><body style="font:15px system-ui;max-width:24rem;margin:4rem auto"><h1>Sign in (sandbox)</h1>${content}`,
  headers: {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "frame-ancestors 'none'",
  },
});

function signInPage(project: Project, { url }: ApiRequest): ApiReply {
  const problem = problemOf(project, url.searchParams);
  if (problem) return { ...page(`<p>${problem}</p>`), status: 400 };
  const choices = ACCOUNTS.map(
    ({ sub, name, email }) => `<p><button name="sub" value="${sub}">${name} (${email})</button></p>`,
  ).join("");
  return page(`<form method="post">${choices}<p><button name="sub" value="">Cancel</button></p></form>`);
}

function decide(project: Project, { url, body }: ApiRequest): ApiReply {
  const query = url.searchParams;
  const problem = problemOf(project, query);
  if (problem) return { ...page(`<p>${problem}</p>`), status: 400 };
  const back = new URL(query.get("redirect_uri") ?? "");
  back.searchParams.set("state", query.get("state") ?? "");
  const sub = body instanceof URLSearchParams ? (body.get("sub") ?? "") : "";
  if (sub === "") back.searchParams.set("error", "access_denied");
  else back.searchParams.set("code", newCode(project, query, sub));
  return { status: 302, headers: { location: back.href } };
}

function newCode(project: Project, query: URLSearchParams, sub: string): string {
  const code = `4/${randomUUID()}`;
  project.codes.set(code, {
    sub,
    clientId: query.get("client_id") ?? "",
    redirectUri: query.get("redirect_uri") ?? "",
    challenge: query.get("code_challenge") ?? "",
  });
  return code;
}
