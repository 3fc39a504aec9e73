import type { NextAuthOptions, Session } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import * as z from "zod";
import { withinRate } from "#/lib/redis/rate-limit.ts";
import type { SessionOrigin } from "#/lib/tenancy/list-memberships.ts";
import { signInByProvider } from "#/lib/tenancy/sign-in-by-provider.ts";
import { verifySignIn } from "#/lib/tenancy/verify-sign-in.ts";
import { clientAddress } from "./client-address.ts";
import { database } from "./database.ts";
import { redis } from "./redis.ts";
import { maySignIn } from "./sign-in-limit.ts";
import { provenIdentity, ssoProviders } from "./single-sign-on.ts";
import { webEnv } from "./web-env.ts";

const SESSION_SECONDS = 12 * 60 * 60;

const attemptSchema = z.object({ email: z.string().min(1).max(320), password: z.string().min(1).max(1024) });

type Headers = Record<string, string | string[] | undefined>;

function addressOf(headers: Headers | undefined): string {
  return clientAddress(headers?.["x-forwarded-for"]?.toString());
}

async function authorize(given: unknown, headers: Headers | undefined) {
  const attempt = attemptSchema.safeParse(given);
  if (!attempt.success) return null;
  const { email, password } = attempt.data;
  const allowed = await maySignIn({ address: addressOf(headers), email }, (key, rule) =>
    withinRate(redis(), key, rule),
  );
  // The page tells this word from a wrong password; it reaches the browser as the result's error.
  if (!allowed) throw new Error("rate_limited");
  const user = await verifySignIn(database(), { email, password });
  return user ? { id: user.userId, ...sessionFacts(user.at, { provider: "password", directory: "" }) } : null;
}

/** What a session remembers of its beginning. Names, memberships and roles are read at each request instead. */
type SessionFacts = SessionOrigin & { since: number };
type SignedIn = { id: string } & Partial<SessionFacts>;

function sessionFacts(since: number, origin: SessionOrigin): SessionFacts {
  return { since, ...origin };
}

type SignInCallback = NonNullable<NonNullable<NextAuthOptions["callbacks"]>["signIn"]>;

/** Lets in whom a provider has proven and a tenant takes; who that is here is written into `user`. */
const admit: SignInCallback = async ({ user, account, profile }) => {
  if (account?.provider === "credentials") return true;
  const proven = provenIdentity(account?.provider, profile);
  if (!proven) return "/sign-in?error=not_proven";
  const person = await signInByProvider(database(), proven);
  if (!person) return "/sign-in?error=not_admitted";
  Object.assign(user, { id: person.userId, ...sessionFacts(person.at, proven) });
  return true;
};

/**
 * Sign-in by e-mail and password, and at the providers that the installation has set up. The session names the user
 * and how it began, nothing else: membership and role are read at each request, so that a removed member is out at once.
 */
export function authOptions(): NextAuthOptions {
  return {
    secret: webEnv().NEXTAUTH_SECRET,
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: [
      Credentials({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        authorize: (given, request) => authorize(given, request.headers),
      }),
      ...ssoProviders(),
    ],
    callbacks: {
      signIn: admit,
      jwt: ({ token, user }) => (user ? tokenOf(user) : token),
      session: ({ session, token }): Session =>
        ({
          ...session,
          user: { id: token.sub, since: token.since, provider: token.provider, directory: token.directory },
        }) as Session,
    },
  };
}

function tokenOf({ id, since, provider, directory }: SignedIn) {
  return { sub: id, since, provider, directory };
}
