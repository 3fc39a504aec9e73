import { createPrivateKey, type KeyObject } from "node:crypto";
import { SignJWT } from "jose";
import * as z from "zod";
import { AppError } from "#/lib/kernel/app-error.ts";

/** Only this type: others can point whoever uses them at addresses of their own. */
const serviceAccountSchema = z.object({
  type: z.literal("service_account"),
  project_id: z.string().min(1),
  private_key_id: z.string().min(1),
  private_key: z.string().min(1),
  client_email: z.email(),
  universe_domain: z.literal("googleapis.com").default("googleapis.com"),
});

export type ServiceAccount = { projectId: string; keyId: string; email: string; key: KeyObject };

const LEAST_KEY_BITS = 2048;
const SCOPE = "https://www.googleapis.com/auth/cloud-platform";
const TOKEN_SECONDS = 3600;
/** A new token before the old one ends: a stream may begin in its last second. */
const RENEW_MS = 5 * 60_000;

/** Reads the JSON key file of a service account; throws `invalid_input` with what is wrong about it. */
export function readServiceAccount(json: string): ServiceAccount {
  const file = serviceAccountSchema.safeParse(parsed(json));
  if (!file.success) throw refused("This is not the JSON key file of a service account.");
  return {
    projectId: file.data.project_id,
    keyId: file.data.private_key_id,
    email: file.data.client_email,
    key: privateKey(file.data.private_key),
  };
}

function privateKey(pem: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    throw refused("The private key in this file does not open; download the key file again.");
  }
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (key.asymmetricKeyType !== "rsa" || bits < LEAST_KEY_BITS)
    throw refused("The private key in this file is no RSA key of 2048 bits or more.");
  return key;
}

/**
 * Access tokens that the account signs itself, as Google takes them for its own services: nothing is asked of a
 * token server, and the address of one in the key file is never used.
 */
export function selfSignedTokens(
  account: ServiceAccount,
  now: () => number = Date.now,
): () => Promise<string> {
  let kept: { token: Promise<string>; renewAt: number } | undefined;
  return () => {
    if (kept && now() < kept.renewAt) return kept.token;
    const issuedAt = Math.floor(now() / 1000);
    const token = new SignJWT({ scope: SCOPE })
      .setProtectedHeader({ alg: "RS256", typ: "JWT", kid: account.keyId })
      .setIssuer(account.email)
      .setSubject(account.email)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + TOKEN_SECONDS)
      .sign(account.key);
    kept = { token, renewAt: (issuedAt + TOKEN_SECONDS) * 1000 - RENEW_MS };
    return token;
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

const refused = (reason: string) => new AppError("invalid_input", reason);
