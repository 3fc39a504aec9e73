import { beforeEach, expect, test } from "vitest";
import { createWidgetTokens } from "#/lib/realtime/widget-token.ts";
import { ACCESS_TOKEN_TYPE, GRANT_TYPE, USER_ID_TYPE } from "./exchange-request.ts";
import { type Candidate, type ExchangeGround, exchangeToken } from "./exchange-token.ts";

const ORG = "00D5g0000012345";
const RECORD = "0Mw5g0000012ABCCA2";
const NOW = Date.parse("2026-03-02T10:00:00Z");
const tokens = createWidgetTokens("a secret of more than thirty-two letters", () => NOW);

const aConnection = (changes: Partial<Candidate> = {}, values: object = {}): Candidate => ({
  tenantId: "6f1c2a52-5d0e-4f0e-8a44-2a4f9a5a0001",
  connectionId: "0b5f6f39-8a5e-4a54-9c0b-0d2f8d6f3a01",
  publicId: "public-1",
  values: {
    myDomain: "https://acme.my.salesforce.com",
    consumerKey: "key",
    consumerSecret: "secret",
    orgId: ORG,
    exchangeSecret: "the exchange secret",
    ...values,
  },
  ...changes,
});

let known: Candidate[];
let asked: string[];
let userInfo: () => Response;
const ground: ExchangeGround = {
  candidatesOf: async (id) => known.filter(({ values }) => values.orgId === id),
  accessOf: (connectionId) => ({
    connectionId,
    fetch: async (url) => {
      asked.push(String(url));
      return userInfo();
    },
    now: () => NOW,
    wait: async () => {},
    quota: () => {},
    sandboxes: {},
  }),
  tokens,
  clock: () => NOW,
  portalUrl: "https://assist.example/",
  realtimeUrl: "https://live.assist.example",
};
beforeEach(() => {
  known = [aConnection()];
  asked = [];
  userInfo = () =>
    Response.json({ organization_id: `${ORG}EAB`, user_id: "0055g000004XyZaAAK", name: "Ada" });
});

const form = (changes: Record<string, string | undefined> = {}) => {
  const given = {
    grant_type: GRANT_TYPE,
    subject_token: "0055g000004XyZa",
    subject_token_type: USER_ID_TYPE,
    subject_name: "Ada Agent",
    scope: `conversation:${RECORD}`,
    ...changes,
  };
  return new URLSearchParams(
    Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
};
const basic = (id = `${ORG}EAB`, secret = "the exchange secret") =>
  `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`;
const refused = (asking: Promise<unknown>, code: string) =>
  expect(asking).rejects.toMatchObject({ name: "OAuthError", code });

test("an org's Apex gets a token of five minutes for its agent and one record", async () => {
  const answer = await exchangeToken(form(), basic(), ground);
  expect(answer).toMatchObject({
    token_type: "Bearer",
    issued_token_type: ACCESS_TOKEN_TYPE,
    expires_in: 300,
    scope: `conversation:${RECORD}`,
    widget_url: "https://assist.example/widget/salesforce/public-1",
  });
  const { claims, expiresAt } = await tokens.verify(answer.access_token);
  expect(claims).toMatchObject({ conversationId: RECORD, agentName: "Ada Agent", claimed: false });
  expect(claims.agentId).toMatch(/^0055g000004XyZa...$/);
  expect(expiresAt).toBe(NOW + 300_000);
  expect(asked).toEqual([]);
});

test("an agent's own access token is asked about at the connection's My Domain alone", async () => {
  const subject = { subject_token: "00D!agent", subject_token_type: ACCESS_TOKEN_TYPE };
  const answer = await exchangeToken(form(subject), basic(), ground);
  expect(answer.agent).toEqual({ id: "0055g000004XyZaAAK", name: "Ada" });
  expect(asked).toEqual(["https://acme.my.salesforce.com/services/oauth2/userinfo"]);
});

test("a subject of another organization, or one that the org refuses, gets nothing", async () => {
  const subject = form({ subject_token: "00D!agent", subject_token_type: ACCESS_TOKEN_TYPE });
  userInfo = () => Response.json({ organization_id: "00D9z0000099999EAA", user_id: "0055g000004XyZaAAK" });
  await refused(exchangeToken(subject, basic(), ground), "invalid_request");
  userInfo = () => new Response("Bad_OAuth_Token", { status: 403 });
  await refused(exchangeToken(subject, basic(), ground), "invalid_request");
  userInfo = () => new Response("", { status: 502 });
  await refused(exchangeToken(subject, basic(), ground), "temporarily_unavailable");
});

test("unknown organizations, wrong and empty secrets are one refusal", async () => {
  known = [aConnection({}, { exchangeSecret: undefined })];
  for (const authorization of [
    basic("00D9z0000099999"),
    basic(ORG, "wrong"),
    basic(ORG, ""),
    "Basic !!!",
    "Bearer x",
    null,
  ])
    await refused(exchangeToken(form(), authorization, ground), "invalid_client");
});

test("another tenant that names the same organization gets only what its own secret opens", async () => {
  const squatter = aConnection(
    { tenantId: "6f1c2a52-5d0e-4f0e-8a44-2a4f9a5a0002" },
    { exchangeSecret: "other" },
  );
  known = [squatter, aConnection()];
  const answer = await exchangeToken(form(), basic(), ground);
  expect((await tokens.verify(answer.access_token)).claims.tenantId).toBe(aConnection().tenantId);
});

test("the secret before a rotation is good until its end", async () => {
  const rotated = (previousValidUntil: string) =>
    aConnection(
      {},
      { exchangeSecret: "new", previousExchangeSecret: "the exchange secret", previousValidUntil },
    );
  known = [rotated("2026-03-02T11:00:00.000Z")];
  await exchangeToken(form(), basic(), ground);
  known = [rotated("2026-03-02T09:00:00.000Z")];
  await refused(exchangeToken(form(), basic(), ground), "invalid_client");
});

test.each([
  ["unsupported_grant_type", { grant_type: "client_credentials" }],
  ["invalid_request", { grant_type: undefined }],
  ["invalid_request", { subject_token: undefined }],
  ["invalid_request", { subject_token_type: undefined }],
  ["invalid_request", { subject_token_type: "urn:ietf:params:oauth:token-type:saml2" }],
  ["invalid_request", { subject_token: "0035g000004XyZa" }],
  ["invalid_request", { requested_token_type: "urn:ietf:params:oauth:token-type:refresh_token" }],
  ["invalid_request", { actor_token: "someone" }],
  ["invalid_target", { audience: "the moon" }],
  ["invalid_target", { resource: "https://elsewhere.example" }],
  ["invalid_scope", { scope: undefined }],
  ["invalid_scope", { scope: `conversation:${RECORD} conversation:${RECORD}` }],
  ["invalid_scope", { scope: "conversation:../../etc" }],
] as const)("%s for %o", async (code, changes) => {
  await refused(exchangeToken(form(changes), basic(), ground), code);
});

test("a parameter that is given twice is refused", async () => {
  const twice = form();
  twice.append("scope", `conversation:${RECORD}`);
  await refused(exchangeToken(twice, basic(), ground), "invalid_request");
});
