import { randomBytes } from "node:crypto";

/** What the platform's form accepts as an API key. */
export const API_KEY_PATTERN = /^[a-zA-Z0-9+/_-]+={0,2}$/;
/** What the platform's form accepts as a client secret: plain base64, whose decoded bytes are the key. */
export const CLIENT_SECRET_PATTERN = /^[a-zA-Z0-9+/]+={0,2}$/;

const KEY_BYTES = 32;

/** A fresh pair for one connection, in the forms that the platform's own fields accept. */
export function newAudiohookCredentials(): { apiKey: string; clientSecret: string } {
  return {
    apiKey: randomBytes(KEY_BYTES).toString("base64url"),
    clientSecret: randomBytes(KEY_BYTES).toString("base64"),
  };
}

/** The signing key is the decoded secret; undefined when the text could never have been a secret. */
export function clientSecretKey(clientSecret: string): Buffer | undefined {
  if (!CLIENT_SECRET_PATTERN.test(clientSecret)) return undefined;
  return Buffer.from(clientSecret, "base64");
}
