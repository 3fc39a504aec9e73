import { createHash } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { authorizeUrl, challengeOf, exchangeCode, me, newVerifier, tokenInfo } from "./agent-sign-in.ts";
import { createGenesysClient } from "./genesys-client.ts";
import { hostsOf } from "./hosts.ts";
import { type LocalPlatform, localPlatform, type Reply } from "./test-doubles.ts";

let platform: LocalPlatform | undefined;
afterEach(() => platform?.close());

async function aPlatform(...replies: Reply[]) {
  platform = await localPlatform((_asked, nth) => replies[nth - 1] ?? { status: 404 });
  const { hosts, access } = platform;
  return { platform, client: createGenesysClient({ hosts, access, token: async () => "agent" }) };
}

test("a verifier is long, of the unreserved letters, and never the same twice", async () => {
  const verifier = newVerifier();
  expect(verifier).toMatch(/^[A-Za-z0-9_-]{43,128}$/);
  expect(newVerifier()).not.toBe(verifier);
  expect(await challengeOf(verifier)).toBe(createHash("sha256").update(verifier).digest("base64url"));
});

test("the agent is sent to the region's login with the challenge and no scope", () => {
  const url = new URL(
    authorizeUrl({
      hosts: hostsOf("eu-west-1", {}),
      clientId: "c-1",
      redirectUri: "https://assist.example.com/widget/sign-in",
      state: "s-1",
      challenge: "ch",
      organizationHint: "org-1",
    }),
  );
  expect(url.origin + url.pathname).toBe("https://login.mypurecloud.ie/oauth/authorize");
  expect(Object.fromEntries(url.searchParams)).toEqual({
    client_id: "c-1",
    redirect_uri: "https://assist.example.com/widget/sign-in",
    response_type: "code",
    code_challenge: "ch",
    code_challenge_method: "S256",
    state: "s-1",
    target: "org-1",
  });
});

test("the code is exchanged without a secret, and once", async () => {
  const { platform } = await aPlatform(
    { json: { access_token: "agent", token_type: "bearer", expires_in: 86_399 } },
    { status: 503 },
    { status: 400, json: { error: "invalid_grant" } },
  );
  const { hosts, access } = platform;
  const sign = { hosts, access, clientId: "c-1", redirectUri: "https://r", code: "k", verifier: "v" };
  expect(await exchangeCode(sign)).toEqual({ accessToken: "agent", expiresInSeconds: 86_399 });
  expect(platform.asked[0]?.headers.authorization).toBeUndefined();
  expect(Object.fromEntries(new URLSearchParams(platform.asked[0]?.body))).toEqual({
    grant_type: "authorization_code",
    code: "k",
    code_verifier: "v",
    client_id: "c-1",
    redirect_uri: "https://r",
  });
  await expect(exchangeCode(sign)).rejects.toMatchObject({ code: "upstream_unavailable" });
  expect(platform.asked).toHaveLength(2);
  await expect(exchangeCode(sign)).rejects.toMatchObject({ context: { code: "invalid_grant" } });
});

test("a token tells its organization, its scopes and its agent", async () => {
  const { client } = await aPlatform(
    {
      json: {
        organization: { id: "org-1", name: "Acme" },
        homeOrganization: { id: "org-1" },
        authorizedScope: ["conversations", "notifications"],
        OAuthClient: { id: "c-1", name: "Widget" },
      },
    },
    { json: { id: "u-1", name: "Ana Agent", email: "ana@example.com", state: "active" } },
  );
  expect(await tokenInfo(client)).toEqual({
    organization: { id: "org-1", name: "Acme" },
    scopes: ["conversations", "notifications"],
    clientId: "c-1",
  });
  expect(await me(client)).toEqual({ id: "u-1", name: "Ana Agent", email: "ana@example.com" });
});
