import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { UUID_PATTERN } from "./client-message.ts";
import { API_KEY_PATTERN } from "./credentials.ts";
import type { NonceCache } from "./nonce-cache.ts";
import {
  headerText,
  isCurrent,
  matchesAnyKey,
  SIGNATURE_LIFETIME_MS,
  type SignedRequest,
  signatureBase,
} from "./signature.ts";
import { parseSignatureInputs, parseSignatures, type SignatureInput } from "./signature-fields.ts";

/** What one connection accepts. While a key or secret is being rotated, the old and the new both stand here. */
export type AudiohookCredentials = {
  apiKeys: readonly string[];
  secrets: readonly Uint8Array[];
  organizationId?: string | undefined;
  /**
   * Lets requests without a signature in by their API key alone: the admin's word that the platform's own
   * secret field is left empty (contract section 1.1). What is signed is verified all the same.
   */
  unsignedAllowed: boolean;
  /** Off by default: one peer reports that the platform repeats nonces, so a repeat is only reported. */
  refuseRepeatedNonce: boolean;
};

/** For our own log; the caller must never tell the peer. */
export type Refusal =
  | "malformed_headers"
  | "unknown_connection"
  | "wrong_key"
  | "wrong_organization"
  | "unsigned"
  | "bad_signature"
  | "stale_signature"
  | "repeated_nonce";

export type Verdict =
  | { ok: true; sessionId: string; organizationId: string; correlationId: string; repeatedNonce: boolean }
  | { ok: false; refusal: Refusal };

const MOST_LABELS = 4;
const DECOY_BYTES = 32;

function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

function isOneOf(candidate: string, accepted: readonly string[]): boolean {
  return accepted.reduce((found, text) => sameText(candidate, text) || found, false);
}

type Identity = { apiKey: string; sessionId: string; organizationId: string; correlationId: string };

function readIdentity(request: SignedRequest): Identity | undefined {
  const apiKey = headerText(request, "x-api-key") ?? "";
  const [sessionId = "", organizationId = "", correlationId = ""] = [
    "session",
    "organization",
    "correlation",
  ].map((name) => headerText(request, `audiohook-${name}-id`) ?? "");
  const ids = [sessionId, organizationId, correlationId];
  if (!API_KEY_PATTERN.test(apiKey) || !ids.every((id) => UUID_PATTERN.test(id))) return undefined;
  return { apiKey, sessionId, organizationId, correlationId };
}

type Proof = { input: SignatureInput; base: string; signature: Buffer };

/** The labels that name this API key and cover what they must; a request may carry others too. */
function readProofs(request: SignedRequest, apiKey: string): Proof[] {
  const signatures = parseSignatures(headerText(request, "signature") ?? "");
  const inputs = parseSignatureInputs(headerText(request, "signature-input") ?? "");
  return inputs.slice(0, MOST_LABELS).flatMap((input) => {
    const signature = signatures.get(input.label);
    if (!signature || input.parameters.get("keyid") !== apiKey) return [];
    const base = signatureBase(request, input);
    return base === undefined ? [] : [{ input, base, signature }];
  });
}

function isSigned(request: SignedRequest): boolean {
  return request.headers.signature !== undefined || request.headers["signature-input"] !== undefined;
}

type SignatureCheck = { proof?: Proof; refusal?: Refusal };

function checkSignature(
  request: SignedRequest,
  apiKey: string,
  credentials: AudiohookCredentials | undefined,
  nowMs: number,
): SignatureCheck {
  const secrets = credentials?.secrets ?? [];
  if (!isSigned(request)) {
    return credentials?.unsignedAllowed ? {} : { refusal: "unsigned" };
  }
  // A stranger's key costs the same work as a known one.
  const keys = secrets.length > 0 ? secrets : [randomBytes(DECOY_BYTES)];
  const proof = readProofs(request, apiKey).find(({ base, signature }) =>
    matchesAnyKey(base, keys, signature),
  );
  if (!proof || secrets.length === 0) return { refusal: "bad_signature" };
  return isCurrent(proof.input, nowMs) ? { proof } : { refusal: "stale_signature" };
}

function nonceKey({ input, signature }: Proof): string {
  const parts = [input.parameters.get("keyid"), input.parameters.get("nonce"), signature.toString("base64")];
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64");
}

/**
 * Decides whether an upgrade request comes from the platform. Never throws for what a request may
 * contain; `credentials` is undefined when the address names no connection.
 */
export async function authenticate(
  request: SignedRequest,
  credentials: AudiohookCredentials | undefined,
  deps: { nonces: NonceCache; nowMs: number },
): Promise<Verdict> {
  const identity = readIdentity(request);
  const check = checkSignature(request, identity?.apiKey ?? "", credentials, deps.nowMs);
  const refuse = (refusal: Refusal): Verdict => ({ ok: false, refusal });

  if (!identity) return refuse("malformed_headers");
  if (!credentials) return refuse("unknown_connection");
  if (!isOneOf(identity.apiKey, credentials.apiKeys)) return refuse("wrong_key");
  if (check.refusal) return refuse(check.refusal);
  const { organizationId } = credentials;
  if (organizationId && organizationId.toLowerCase() !== identity.organizationId.toLowerCase()) {
    return refuse("wrong_organization");
  }
  const repeatedNonce =
    check.proof !== undefined &&
    !(await deps.nonces.firstUse(nonceKey(check.proof), SIGNATURE_LIFETIME_MS, deps.nowMs));
  if (repeatedNonce && credentials.refuseRepeatedNonce) return refuse("repeated_nonce");
  const { apiKey: _secret, ...ids } = identity;
  return { ok: true, ...ids, repeatedNonce };
}
