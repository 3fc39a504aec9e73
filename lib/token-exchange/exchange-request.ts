import { readOrganizationId, readRecordId } from "#/lib/connectors/salesforce/organization-id.ts";
import { OAuthError } from "./oauth-error.ts";

export const GRANT_TYPE = "urn:ietf:params:oauth:grant-type:token-exchange";
export const ACCESS_TOKEN_TYPE = "urn:ietf:params:oauth:token-type:access_token";
/** The org's own Apex says who its user is; its secret vouches for that. */
export const USER_ID_TYPE = "urn:omnibots:params:oauth:token-type:salesforce-user-id";
const ISSUED = new Set([ACCESS_TOKEN_TYPE, "urn:ietf:params:oauth:token-type:jwt"]);
const AUDIENCE = "widget";

const KNOWN = new Set([
  "grant_type",
  "subject_token",
  "subject_token_type",
  "requested_token_type",
  "audience",
  "resource",
  "scope",
  "subject_name",
  "client_id",
  "client_secret",
]);
const LONGEST_NAME = 200;

/** What the org's Apex asks for: an agent's token for one record. */
export type ExchangeRequest = {
  organizationId: string;
  secret: string;
  subject: { kind: "user"; id: string; name?: string } | { kind: "token"; accessToken: string };
  recordId: string;
};

/** Reads the form of RFC 8693 section 2.1. Throws `OAuthError`. */
export function readExchangeRequest(form: URLSearchParams, authorization: string | null): ExchangeRequest {
  refuseRepeated(form);
  const { organizationId, secret } = readClient(form, authorization);
  const grant = form.get("grant_type");
  if (!grant) throw new OAuthError("invalid_request", "grant_type is missing.");
  if (grant !== GRANT_TYPE)
    throw new OAuthError("unsupported_grant_type", `Only ${GRANT_TYPE} is served here.`);
  const wanted = form.get("requested_token_type");
  if (wanted && !ISSUED.has(wanted))
    throw new OAuthError("invalid_request", "Only an access token can be requested.");
  if (form.has("actor_token"))
    throw new OAuthError("invalid_request", "An actor_token is not supported: the agent is the subject.");
  if (form.has("resource") || (form.has("audience") && form.get("audience") !== AUDIENCE))
    throw new OAuthError("invalid_target", `Tokens are given for the audience ${AUDIENCE} alone.`);
  return { organizationId, secret, subject: readSubject(form), recordId: readScope(form.get("scope")) };
}

function refuseRepeated(form: URLSearchParams): void {
  for (const name of new Set(form.keys()))
    if (KNOWN.has(name) && form.getAll(name).length > 1)
      throw new OAuthError("invalid_request", `${name} is given more than once.`);
}

const noClient = () =>
  new OAuthError("invalid_client", "The organization is not known here, or not with this secret.");

function readClient(form: URLSearchParams, authorization: string | null) {
  const [id, secret] = basic(authorization) ?? [form.get("client_id"), form.get("client_secret")];
  const organizationId = readOrganizationId(id ?? "");
  if (!organizationId || !secret) throw noClient();
  return { organizationId, secret };
}

function basic(authorization: string | null): [string, string] | undefined {
  const encoded = /^Basic ([A-Za-z0-9+/=]{1,2000})$/i.exec(authorization ?? "")?.[1];
  if (!encoded) {
    if (authorization) throw noClient();
    return undefined;
  }
  const [id = "", ...rest] = Buffer.from(encoded, "base64").toString("utf8").split(":");
  return [id, rest.join(":")];
}

function readSubject(form: URLSearchParams): ExchangeRequest["subject"] {
  const token = form.get("subject_token");
  const type = form.get("subject_token_type");
  if (!token || !type)
    throw new OAuthError("invalid_request", "subject_token and subject_token_type are both needed.");
  if (type === ACCESS_TOKEN_TYPE) return { kind: "token", accessToken: token };
  if (type !== USER_ID_TYPE)
    throw new OAuthError("invalid_request", `subject_token_type is ${ACCESS_TOKEN_TYPE} or ${USER_ID_TYPE}.`);
  const id = readRecordId(token);
  if (!id?.startsWith("005")) throw new OAuthError("invalid_request", "subject_token is no user id.");
  const name = form.get("subject_name")?.trim().slice(0, LONGEST_NAME);
  return { kind: "user", id, ...(name && { name }) };
}

/** `conversation:` and the messaging session's id: a token opens one conversation. */
function readScope(scope: string | null): string {
  const [only, ...more] = (scope ?? "").split(" ").filter(Boolean);
  const recordId = only?.startsWith("conversation:")
    ? readRecordId(only.slice("conversation:".length))
    : undefined;
  if (!recordId || more.length > 0)
    throw new OAuthError("invalid_scope", "scope is conversation: and the id of one record.");
  return recordId;
}
