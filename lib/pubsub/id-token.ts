import { verify } from "node:crypto";
import * as z from "zod";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { KeySource } from "./key-source.ts";

const ISSUERS = ["https://accounts.google.com", "accounts.google.com"];
const LEEWAY_S = 30;
/** Google's live an hour; what is to live longer was made by somebody else. */
const LONGEST_LIFE_S = 86_400;

const header = z.object({ alg: z.literal("RS256"), kid: z.string().min(1).max(200) });
const claims = z.looseObject({
  iss: z.string(),
  aud: z.string(),
  sub: z.string(),
  exp: z.number(),
  iat: z.number(),
  email: z.string().optional(),
  email_verified: z.boolean().optional(),
});
export type IdClaims = z.output<typeof claims>;

const refused = (reason: string) => new AppError("unauthenticated", reason);

/**
 * Google's own word on who somebody is: signature, issuer, audience and times, all of them or nothing. An audience
 * that nobody has set refuses, so that a connection without one lets nobody in (contract section 1.1).
 */
export async function verifyIdToken(
  token: string,
  expected: { audience: string; keys: KeySource; nowMs: number },
): Promise<IdClaims> {
  if (expected.audience === "") throw refused("No audience is set, so no token can be meant for us.");
  const [head = "", body = "", signature = "", ...more] = token.split(".");
  if (more.length > 0) throw refused("The token has no form of ours.");
  const { kid } = partOf(header, head);
  const key = await expected.keys(kid);
  if (!key) throw refused("The token is signed with a key that Google does not have.");
  const signed = verify("sha256", Buffer.from(`${head}.${body}`), key, Buffer.from(signature, "base64url"));
  if (!signed) throw refused("The token's signature is wrong.");
  const said = partOf(claims, body);
  const nowS = expected.nowMs / 1_000;
  if (!ISSUERS.includes(said.iss)) throw refused("The token was not issued by Google.");
  if (said.aud !== expected.audience) throw refused("The token is meant for another audience.");
  if (said.exp + LEEWAY_S < nowS) throw refused("The token has expired.");
  if (said.iat - LEEWAY_S > nowS || said.exp - said.iat > LONGEST_LIFE_S)
    throw refused("The token's times make no sense.");
  return said;
}

function partOf<S extends z.ZodType>(schema: S, part: string): z.output<S> {
  try {
    return schema.parse(JSON.parse(Buffer.from(part, "base64url").toString("utf8")));
  } catch {
    throw refused("The token is none that Google signs.");
  }
}
