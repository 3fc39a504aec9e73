import { afterEach, beforeEach, expect, test } from "vitest";
import { HARBORVIEW, LARKFIELD } from "./demo-organization.ts";
import {
  CALLBACK,
  KIM,
  pkce,
  ROBIN,
  SERVER,
  type Tried,
  tryOrganization,
  WIDGET,
} from "./testing/try-organization.ts";

let organization: Tried;
beforeEach(async () => {
  organization = await tryOrganization();
});
afterEach(() => organization.close());

async function token(form: Record<string, string>, authorization?: string) {
  const response = await fetch(`${organization.url}/oauth/token`, {
    method: "POST",
    headers: authorization ? { authorization } : {},
    body: new URLSearchParams(form),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

const basic = (secret: string, id = SERVER.id) => `Basic ${btoa(`${id}:${secret}`)}`;

function authorizeUrl(changes: Record<string, string> = {}) {
  const url = new URL("/oauth/authorize", organization.url);
  const parameters = {
    client_id: WIDGET.id,
    redirect_uri: CALLBACK,
    response_type: "code",
    code_challenge_method: "S256",
    state: "the-state",
    ...changes,
  };
  url.search = new URLSearchParams(parameters).toString();
  return url;
}

async function signIn(challenge: string, form: Record<string, string> = { user: KIM.id }) {
  const response = await fetch(authorizeUrl({ code_challenge: challenge }), {
    method: "POST",
    body: new URLSearchParams(form),
    redirect: "manual",
  });
  return { response, back: new URL(response.headers.get("location") ?? "none:") };
}

const redeem = (code: string, verifier: string, redirect = CALLBACK) =>
  token({
    grant_type: "authorization_code",
    code,
    code_verifier: verifier,
    client_id: WIDGET.id,
    redirect_uri: redirect,
  });

test("a client with its secret gets a token for a day", async () => {
  const { status, body, headers } = await token(
    { grant_type: "client_credentials" },
    basic(SERVER.secret ?? ""),
  );
  expect(status).toBe(200);
  expect(body).toMatchObject({ token_type: "bearer", expires_in: 86_400 });
  expect(headers.get("access-control-allow-origin")).toBe("*");
  const me = await organization.as(body.access_token)("GET", "/api/v2/tokens/me");
  expect(me.body).toMatchObject({ organization: { id: LARKFIELD.id }, OAuthClient: { id: SERVER.id } });
});

test("a wrong secret, an unknown client and a disabled one are told apart", async () => {
  const form = { grant_type: "client_credentials" };
  expect(await token(form, basic("wrong"))).toMatchObject({ status: 401, body: { error: "invalid_client" } });
  expect(await token(form, basic("x", "nobody"))).toMatchObject({
    status: 400,
    body: { error: "invalid_client" },
  });
  organization.faults.setClientState(SERVER.id, "inactive");
  expect(await token(form, basic(SERVER.secret ?? ""))).toMatchObject({
    body: { error: "unauthorized_client" },
  });
});

test("an agent signs in, and the code serves once", async () => {
  const { verifier, challenge } = pkce();
  const page = await fetch(authorizeUrl({ code_challenge: challenge }));
  expect(await page.text()).toContain("Kim Doe");
  const { response, back } = await signIn(challenge);
  expect(response.status).toBe(302);
  expect(back.origin + back.pathname).toBe(CALLBACK);
  expect(back.searchParams.get("state")).toBe("the-state");
  const code = back.searchParams.get("code") ?? "";
  const first = await redeem(code, verifier);
  const me = await organization.as(first.body.access_token)("GET", "/api/v2/users/me?expand=presence");
  expect(me.body).toMatchObject({ id: KIM.id, name: "Kim Doe", presence: {} });
  expect(await redeem(code, verifier)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
});

test("a code needs its own verifier and its own redirect address", async () => {
  const { verifier, challenge } = pkce();
  const codeOf = async () => (await signIn(challenge)).back.searchParams.get("code") ?? "";
  expect((await redeem(await codeOf(), "another")).body.error).toBe("invalid_grant");
  expect((await redeem(await codeOf(), verifier, `${CALLBACK}/x`)).body.error).toBe("invalid_grant");
  expect((await redeem(await codeOf(), verifier)).status).toBe(200);
});

test("an address that is not registered is never redirected to", async () => {
  const { challenge } = pkce();
  const url = authorizeUrl({ code_challenge: challenge, redirect_uri: `${CALLBACK}/` });
  const response = await fetch(url, { redirect: "manual" });
  expect(response.status).toBe(400);
  expect(response.headers.get("location")).toBeNull();
});

test("denying goes back with an error", async () => {
  const { back } = await signIn(pkce().challenge, { decision: "deny" });
  expect(back.searchParams.get("error")).toBe("access_denied");
  expect(back.searchParams.get("state")).toBe("the-state");
});

test("who stays signed in is not asked again, unless the application asks for it", async () => {
  const { challenge } = pkce();
  const { response } = await signIn(challenge, { user: KIM.id, stay: "on" });
  const cookie = response.headers.get("set-cookie")?.split(";")[0] ?? "";
  const visit = (changes: Record<string, string>) =>
    fetch(authorizeUrl({ code_challenge: challenge, ...changes }), {
      headers: { cookie },
      redirect: "manual",
    });
  expect((await visit({})).headers.get("location")).toContain("code=");
  expect((await visit({ prompt: "login" })).status).toBe(200);
});

test("someone of another organization gets a token that says so", async () => {
  const { verifier, challenge } = pkce();
  const { back } = await signIn(challenge, { email: ROBIN.email });
  const { body } = await redeem(back.searchParams.get("code") ?? "", verifier);
  const me = await organization.as(body.access_token)("GET", "/api/v2/organizations/me");
  expect(me.body.id).toBe(HARBORVIEW.id);
});

test("a token ends by time, by revocation and by logout", async () => {
  const refused = { status: 401, body: { code: "bad.credentials", status: 401 } };
  const path = "/api/v2/tokens/me";
  const kim = organization.agent(KIM.id);
  expect((await kim("DELETE", path)).status).toBe(204);
  expect(await kim("GET", path)).toMatchObject(refused);
  const later = organization.agent(KIM.id);
  organization.clock.advance(86_400_000);
  expect(await later("GET", path)).toMatchObject(refused);
  const revoked = organization.agent(KIM.id);
  organization.faults.revokeTokens({ userId: KIM.id });
  expect(await revoked("GET", path)).toMatchObject(refused);
});
