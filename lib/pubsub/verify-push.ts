import { AppError } from "#/lib/kernel/app-error.ts";
import { type IdClaims, verifyIdToken } from "./id-token.ts";
import type { KeySource } from "./key-source.ts";

/** Whom a connection's pushes come from; an empty value lets nobody in. */
export type Pusher = { audience: string; email: string };

/** Google sends the same token for most of an hour: its signature is checked once. */
const MOST_KEPT = 10_000;
const BEARER = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i;

export type VerifyPush = (authorization: string | undefined, expected: Pusher) => Promise<IdClaims>;

/**
 * Who pushes: Google's token for exactly this audience, of exactly this service account. Both are needed, since any
 * Google customer can have a token made for any audience. Throws `unauthenticated` for a bad token, `forbidden` for a
 * good one of somebody else, and `upstream_unavailable` where the keys cannot be read.
 */
export function createPushVerifier({ keys, now }: { keys: KeySource; now: () => number }): VerifyPush {
  const kept = new Map<string, IdClaims>();

  const claimsOf = async (token: string, audience: string): Promise<IdClaims> => {
    const known = kept.get(token);
    if (known && known.aud === audience && known.exp * 1_000 > now()) return known;
    const claims = await verifyIdToken(token, { audience, keys, nowMs: now() });
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(token, claims);
    return claims;
  };

  return async (authorization, { audience, email }) => {
    if (audience === "" || email === "")
      throw new AppError("forbidden", "The connection does not say yet who may push: run its test.");
    const [, token] = BEARER.exec(authorization ?? "") ?? [];
    if (!token) throw new AppError("unauthenticated", "The push brings no token.");
    const claims = await claimsOf(token, audience);
    if (claims.email !== email || claims.email_verified !== true)
      throw new AppError("forbidden", "The token is of another service account.");
    return claims;
  };
}
