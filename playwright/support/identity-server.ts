import { createHash, createSign, generateKeyPairSync, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { given } from "./product.ts";

/** What the installation under test is registered as. */
const CLIENT = { id: "stand-in", secret: "stand-in-secret" };

/** The claims of who is signed in at the provider at this moment. */
export type Claims = Record<string, string | boolean>;

export type IdentityServer = {
  /** Who answers the next sign-in. */
  become(claims: Claims): void;
  close(): Promise<void>;
};

type Grant = { claims: Claims; nonce: string; challenge: string; redirect: string };

/**
 * An OpenID provider over the wire, at the root as Google's and under /entra/v2.0 as Microsoft's: discovery, a sign-in
 * that needs no click, codes that count once, PKCE, and id tokens signed with a key of its own.
 */
export async function startIdentityServer(): Promise<IdentityServer> {
  // Where the product looks for its identity providers.
  const port = Number(given("IDENTITY_PORT"));
  const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const grants = new Map<string, Grant>();
  let present: Claims = {};
  const idToken = (issuer: string, { claims, nonce }: Grant) => {
    const now = Math.floor(Date.now() / 1000);
    const body = { iss: issuer, aud: CLIENT.id, iat: now, exp: now + 300, nonce, ...claims };
    const text = [{ alg: "RS256", kid: "k1", typ: "JWT" }, body].map(encoded).join(".");
    return `${text}.${createSign("sha256").update(text).sign(keys.privateKey).toString("base64url")}`;
  };
  const authorize = (url: URL, response: ServerResponse) => {
    const asked = (name: string) => url.searchParams.get(name) ?? "";
    const code = randomUUID();
    grants.set(code, {
      claims: present,
      nonce: asked("nonce"),
      challenge: asked("code_challenge"),
      redirect: asked("redirect_uri"),
    });
    const back = new URL(asked("redirect_uri"));
    back.searchParams.set("code", code);
    back.searchParams.set("state", asked("state"));
    response.writeHead(302, { location: back.toString() }).end();
  };
  const token = async (issuer: string, request: IncomingMessage, response: ServerResponse) => {
    const form = new URLSearchParams(await bodyOf(request));
    const grant = grants.get(form.get("code") ?? "");
    grants.delete(form.get("code") ?? "");
    const verifier = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    const fits = grant && grant.challenge === verifier && grant.redirect === form.get("redirect_uri");
    if (!fits || !isClient(request, form)) return void json(response, { error: "invalid_grant" }, 400);
    json(response, { access_token: "a", token_type: "Bearer", id_token: idToken(issuer, grant) });
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", `http://localhost:${port}`);
    const base = url.pathname.startsWith("/entra/v2.0") ? "/entra/v2.0" : "";
    const issuer = `${url.origin}${base}`;
    switch (url.pathname.slice(base.length)) {
      case "/.well-known/openid-configuration":
        return json(response, discovery(issuer));
      case "/jwks":
        return json(response, {
          keys: [{ ...keys.publicKey.export({ format: "jwk" }), kid: "k1", alg: "RS256", use: "sig" }],
        });
      case "/authorize":
        return authorize(url, response);
      case "/token":
        return void token(issuer, request, response);
      default:
        return json(response, {}, 404);
    }
  });
  await new Promise<void>((done) => server.listen(port, done));
  return {
    become: (claims) => {
      present = claims;
    },
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

const discovery = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/jwks`,
  userinfo_endpoint: `${issuer}/userinfo`,
  response_types_supported: ["code"],
  subject_types_supported: ["public"],
  id_token_signing_alg_values_supported: ["RS256"],
});

const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");

function isClient(request: IncomingMessage, form: URLSearchParams): boolean {
  const basic = `Basic ${Buffer.from(`${CLIENT.id}:${CLIENT.secret}`).toString("base64")}`;
  const posted = form.get("client_id") === CLIENT.id && form.get("client_secret") === CLIENT.secret;
  return request.headers.authorization === basic || posted;
}

function json(response: ServerResponse, body: object, status = 200): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const part of request) body += part;
  return body;
}
