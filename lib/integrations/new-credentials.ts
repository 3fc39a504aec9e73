import { randomBytes } from "node:crypto";

const KEY_BYTES = 32;

/** Shown once, right after it was made. */
export type ShownCredentials = { apiKey: string; clientSecret: string };

/** In the forms that the platform's own fields accept: a key of URL-safe letters, a secret in plain base64. */
export function newAudiohookPair(): ShownCredentials {
  return {
    apiKey: randomBytes(KEY_BYTES).toString("base64url"),
    clientSecret: randomBytes(KEY_BYTES).toString("base64"),
  };
}

export function newEmbedToken(): string {
  return randomBytes(24).toString("base64url");
}

/** Stands in addresses, so it is short and of one case; no secret. */
export function newPublicId(): string {
  return randomBytes(8).toString("hex");
}
