import { sign } from "node:crypto";
import * as z from "zod";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { PlatformAccess } from "../../platform-access.ts";
import type { ServiceAccountKey } from "../service-account-key.ts";
import { exchange, jsonOf } from "./exchange.ts";
import type { GoogleHosts } from "./hosts.ts";

const SCOPE = "https://www.googleapis.com/auth/cloud-platform";
/** What the assertion is meant for, whichever host plays the endpoint. */
const AUDIENCE = "https://oauth2.googleapis.com/token";
const LIFE_S = 3_600;
const EARLY_MS = 300_000;

const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

type Kept = { token?: string; until: number; asking?: Promise<string> };
export type TokenCache = Map<string, Kept>;
const PROCESS_CACHE: TokenCache = new Map();

type Login = { key: ServiceAccountKey; hosts: GoogleHosts; access: PlatformAccess };

/** The service account's access token, kept until shortly before its end and asked for once at a time. */
export function accessToken(login: Login, cache: TokenCache = PROCESS_CACHE): Promise<string> {
  const { key, hosts, access } = login;
  const name = [access.connectionId, hosts.token, key.email, key.keyId].join(" ");
  const kept = cache.get(name) ?? { until: 0 };
  cache.set(name, kept);
  if (kept.token && access.now() < kept.until) return Promise.resolve(kept.token);
  kept.asking ??= ask(login)
    .then(({ access_token, expires_in }) => {
      kept.token = access_token;
      kept.until = access.now() + expires_in * 1_000 - Math.min(EARLY_MS, expires_in * 100);
      return access_token;
    })
    .finally(() => {
      delete kept.asking;
    });
  return kept.asking;
}

/** A key proves itself by signing (RFC 7523); it never leaves this process. */
async function ask({ key, hosts, access }: Login) {
  const now = Math.floor(access.now() / 1_000);
  const head = { alg: "RS256", typ: "JWT", kid: key.keyId };
  const claims = { iss: key.email, scope: SCOPE, aud: AUDIENCE, iat: now, exp: now + LIFE_S };
  const unsigned = [head, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
  const signature = sign("sha256", Buffer.from(unsigned), key.privateKey).toString("base64url");
  const text = await exchange(access, {
    url: `${hosts.token}/token`,
    init: {
      method: "POST",
      headers: { accept: "application/json", "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({
        grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
        assertion: `${unsigned}.${signature}`,
      }).toString(),
    },
    idempotent: true,
  });
  const parsed = tokenAnswer.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  throw new AppError("upstream_rejected", "Google's token endpoint answered something else than a token.");
}
