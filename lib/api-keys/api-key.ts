import { createHash, randomBytes } from "node:crypto";

/** What a key may be allowed; a program gets no more than its key says. */
export const API_KEY_SCOPES = ["documents:read", "documents:write"] as const;

export type ApiKeyScope = (typeof API_KEY_SCOPES)[number];

const SHOWN_CHARACTERS = 12;
/** `oaa_` and 32 random bytes, in base64url. */
const SHAPE = /^oaa_[A-Za-z0-9_-]{43}$/;

export type NewApiKey = { key: string; prefix: string; hash: string };

export function newApiKey(): NewApiKey {
  const key = `oaa_${randomBytes(32).toString("base64url")}`;
  return { key, prefix: key.slice(0, SHOWN_CHARACTERS), hash: hashApiKey(key) };
}

export function looksLikeApiKey(text: string): boolean {
  return SHAPE.test(text);
}

/** A key is 256 random bits, so that one round of a fast hash keeps it as safe as a slow one would. */
export function hashApiKey(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}
