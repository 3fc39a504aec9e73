import type { NextAuthOptions, Session } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import * as z from "zod";
import { withinRate } from "#/lib/redis/rate-limit.ts";
import { verifySignIn } from "#/lib/tenancy/verify-sign-in.ts";
import { clientAddress } from "./client-address.ts";
import { database } from "./database.ts";
import { redis } from "./redis.ts";
import { maySignIn } from "./sign-in-limit.ts";
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
  return user ? { id: user.userId, name: user.name, email: user.email } : null;
}

/**
 * Sign-in by e-mail and password. The session names the user and nothing else: membership and role are
 * read at each request, so that a removed member is out at once.
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
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? { sub: user.id, name: user.name, email: user.email } : token),
      session: ({ session, token }): Session =>
        ({ ...session, user: { id: token.sub, name: token.name, email: token.email } }) as Session,
    },
  };
}
