import { randomBytes } from "node:crypto";
import type { Org } from "../org.ts";
import { type Answer, type Endpoint, endpoint } from "./serve.ts";

/** The org's login and the few API calls that a connection makes (contract section 7). */
export function oauthEndpoints(org: Org): Endpoint[] {
  const tokens = new Map<string, { id: string; name: string }>();
  const runAs = { id: "0055g000004RunAsUs", name: "Integration User" };
  const refused = (error: string): Answer => ({
    status: 400,
    body: { error, error_description: WORDS[error] ?? error },
  });

  const token = (text: string): Answer => {
    const form = new URLSearchParams(text);
    const { oauth } = org.faults();
    if (oauth !== "none") return refused(oauth);
    if (form.get("grant_type") !== "client_credentials") return refused("unsupported_grant_type");
    if (form.get("client_id") !== org.settings.consumerKey) return refused("invalid_client_id");
    if (form.get("client_secret") !== org.settings.consumerSecret) return refused("invalid_client");
    return {
      body: { access_token: issue(tokens, org, runAs), token_type: "Bearer", issued_at: String(Date.now()) },
    };
  };
  const bearer = (authorization: string | undefined) =>
    tokens.get(authorization?.replace(/^Bearer /, "") ?? "");

  return [
    endpoint("POST /services/oauth2/token", "public", ({ text }) => token(text)),
    endpoint("GET /services/oauth2/userinfo", "public", ({ raw }) => {
      const user = bearer(raw.headers.authorization);
      if (!user) return { status: 403, body: "Bad_OAuth_Token", type: "text/html" };
      return {
        body: {
          sub: `/id/${org.settings.orgId}/${user.id}`,
          user_id: user.id,
          organization_id: org.settings.orgId,
          name: user.name,
        },
      };
    }),
    endpoint("GET /services/data/v60.0/query", "public", ({ raw, url }) => {
      if (!bearer(raw.headers.authorization))
        return {
          status: 401,
          body: [{ errorCode: "INVALID_SESSION_ID", message: "Session expired or invalid" }],
        };
      return query(org, url.searchParams.get("q") ?? "");
    }),
    endpoint("POST /_control/tokens", "control", ({ text }) => {
      const { userId } = JSON.parse(text || "{}") as { userId?: string };
      const user = org.users.find(({ id }) => id === userId) ?? runAs;
      return { body: { access_token: issue(tokens, org, user) } };
    }),
  ];
}

const WORDS: Record<string, string> = {
  invalid_client_id: "client identifier invalid",
  invalid_client: "invalid client credentials",
  invalid_grant: "no client credentials user enabled",
  unsupported_grant_type: "grant type not supported",
};

function issue(
  tokens: Map<string, { id: string; name: string }>,
  org: Org,
  user: { id: string; name: string },
) {
  const value = `${org.settings.orgId.slice(0, 15)}!${randomBytes(24).toString("base64url")}`;
  tokens.set(value, user);
  return value;
}

function query(org: Org, soql: string): Answer {
  const records = (rows: object[]): Answer => ({
    body: { totalSize: rows.length, done: true, records: rows },
  });
  if (/FROM Group\b/i.test(soql)) return records(org.queues.map(({ id, name }) => ({ Id: id, Name: name })));
  if (/FROM QueueRoutingConfig\b/i.test(soql)) {
    const all = new Map(org.queues.map(({ routingConfiguration: one }) => [one.id, one]));
    return records([...all.values()].map(({ id, name }) => ({ Id: id, MasterLabel: name })));
  }
  return { status: 400, body: [{ errorCode: "INVALID_TYPE", message: "sObject type is not supported." }] };
}
