import { createPublicKey, type KeyObject } from "node:crypto";
import * as z from "zod";
import { AppError } from "#/lib/kernel/app-error.ts";

/** The public key of a name; undefined where the issuer has none of it. Throws `upstream_unavailable`. */
export type KeySource = (kid: string) => Promise<KeyObject | undefined>;

type Options = {
  url: string;
  fetch: typeof globalThis.fetch;
  now: () => number;
};

const jwks = z.object({ keys: z.array(z.looseObject({ kid: z.string(), kty: z.string() })) });

const DEFAULT_LIFE_MS = 3_600_000;
const LONGEST_LIFE_MS = 86_400_000;
/** A stranger's made-up names must not have us ask the issuer at each push. */
const UNKNOWN_PAUSE_MS = 60_000;
const FETCH_TIMEOUT_MS = 5_000;

type Kept = { keys: Map<string, KeyObject>; until: number; askedAt: number };

/** The issuer's keys (JWKS), kept as long as it says; a name that is not there yet has them read again, now and then. */
export function createKeySource({ url, fetch, now }: Options): KeySource {
  let kept: Kept | undefined;
  let asking: Promise<Kept> | undefined;

  const ask = (): Promise<Kept> => {
    asking ??= read()
      .then((fresh) => {
        kept = fresh;
        return fresh;
      })
      .finally(() => {
        asking = undefined;
      });
    return asking;
  };

  const read = async (): Promise<Kept> => {
    try {
      const response = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      const { keys } = jwks.parse(await response.json());
      return {
        keys: new Map(keys.flatMap(keyOf)),
        until: now() + lifeOf(response.headers.get("cache-control")),
        askedAt: now(),
      };
    } catch (cause) {
      throw new AppError("upstream_unavailable", "The keys of Google's tokens cannot be read.", { cause });
    }
  };

  return async (kid) => {
    if (!kept || kept.until <= now()) {
      // Keys change over days: the old ones serve on while the issuer cannot be reached.
      const fresh = await ask().catch((error: unknown) => {
        if (kept?.keys.has(kid)) return kept;
        throw error;
      });
      return fresh.keys.get(kid);
    }
    const known = kept.keys.get(kid);
    if (known || now() - kept.askedAt < UNKNOWN_PAUSE_MS) return known;
    return (await ask()).keys.get(kid);
  };
}

function keyOf(jwk: { kid: string; kty: string }): [string, KeyObject][] {
  if (jwk.kty !== "RSA") return [];
  try {
    return [[jwk.kid, createPublicKey({ key: jwk, format: "jwk" })]];
  } catch {
    return [];
  }
}

function lifeOf(header: string | null): number {
  const seconds = Number(/max-age=(\d+)/.exec(header ?? "")?.[1] ?? Number.NaN);
  return Number.isNaN(seconds) ? DEFAULT_LIFE_MS : Math.min(seconds * 1_000, LONGEST_LIFE_MS);
}
