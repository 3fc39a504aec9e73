import type { NextAuthOptions, Profile } from "next-auth";
import AzureAD from "next-auth/providers/azure-ad";
import Google from "next-auth/providers/google";
import * as z from "zod";
import type { ProvenIdentity } from "#/lib/tenancy/sign-in-by-provider.ts";
import { webEnv } from "./web-env.ts";

type Provider = NextAuthOptions["providers"][number];
export type OfferedProvider = { id: "google" | "microsoft"; label: string };

/** The providers that this installation has an id and a secret for. */
export function offeredProviders(): OfferedProvider[] {
  const env = webEnv();
  return [
    ...(env.GOOGLE_CLIENT_ID && env.GOOGLE_CLIENT_SECRET ? [{ id: "google", label: "Google" } as const] : []),
    ...(env.MICROSOFT_CLIENT_ID && env.MICROSOFT_CLIENT_SECRET
      ? [{ id: "microsoft", label: "Microsoft" } as const]
      : []),
  ];
}

/** Code flow with PKCE, state and nonce; what the person gave at the provider is read from the signed id token. */
export function ssoProviders(): Provider[] {
  const env = webEnv();
  const offered = offeredProviders().map(({ id }) => id);
  const providers: Provider[] = [];
  if (offered.includes("google"))
    providers.push(
      Google({
        clientId: env.GOOGLE_CLIENT_ID,
        clientSecret: env.GOOGLE_CLIENT_SECRET,
        issuer: env.GOOGLE_ISSUER,
        wellKnown: discoveryOf(env.GOOGLE_ISSUER),
        checks: ["pkce", "state", "nonce"],
        authorization: { params: { scope: "openid email profile", prompt: "select_account" } },
        profile: bareProfile,
      }),
    );
  if (offered.includes("microsoft"))
    providers.push(
      AzureAD({
        id: "microsoft",
        clientId: env.MICROSOFT_CLIENT_ID,
        clientSecret: env.MICROSOFT_CLIENT_SECRET,
        wellKnown: discoveryOf(env.MICROSOFT_ISSUER),
        checks: ["pkce", "state", "nonce"],
        authorization: { params: { scope: "openid email profile", prompt: "select_account" } },
        profile: bareProfile,
      }),
    );
  return providers;
}

const discoveryOf = (issuer: string) => `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;

/** Who this is in the product is decided in the sign-in callback, where the claims are checked. */
function bareProfile(profile: Profile): { id: string } {
  return { id: profile.sub ?? "" };
}

const googleClaims = z.object({
  sub: z.string().min(1),
  email: z.email(),
  email_verified: z.literal(true),
  name: z.string().optional(),
  /** Only accounts of a Workspace carry it; a private account belongs to no company. */
  hd: z.string().min(1),
});

const microsoftClaims = z.object({
  sub: z.string().min(1),
  /** The directory that the account belongs to; which directories count is for each tenant to say. */
  tid: z.uuid(),
  /** The account's id in its directory: the same for every application, unlike `sub`. */
  oid: z.uuid(),
  email: z.email(),
  name: z.string().optional(),
});

/**
 * What the provider has proven, or undefined where it has not: no verified address, or no directory that stands for a
 * company. Entra lets a directory's admins write any address, which is why a tenant names directory and domain.
 */
export function provenIdentity(provider: string | undefined, claims: unknown): ProvenIdentity | undefined {
  if (provider === "google") {
    const parsed = googleClaims.safeParse(claims);
    if (!parsed.success) return undefined;
    const { sub, email, hd, name } = parsed.data;
    return { provider, subject: sub, directory: hd.toLowerCase(), email, name: name ?? email };
  }
  if (provider === "microsoft") {
    const parsed = microsoftClaims.safeParse(claims);
    if (!parsed.success) return undefined;
    const { tid, oid, email, name } = parsed.data;
    const directory = tid.toLowerCase();
    return { provider, subject: `${directory}.${oid}`, directory, email, name: name ?? email };
  }
  return undefined;
}
