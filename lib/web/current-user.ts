import { getServerSession } from "next-auth";
import { cache } from "react";
import * as z from "zod";
import { listMemberships, type Membership, type SessionOrigin } from "#/lib/tenancy/list-memberships.ts";
import { readAccount } from "#/lib/tenancy/read-account.ts";
import { authOptions } from "./auth.ts";
import { database } from "./database.ts";

/** What a session carries; sessions of before single sign-on say nothing about their origin. */
const sessionSchema = z.object({
  id: z.uuid(),
  since: z.number().catch(0),
  provider: z.enum(["password", "google", "microsoft"]).default("password"),
  directory: z.string().default(""),
});

export type CurrentUser = {
  id: string;
  name: string;
  email: string;
  hasPassword: boolean;
  origin: SessionOrigin;
};

/** Who asks, or undefined when nobody is signed in or the session was ended. Read once a request. */
export const currentUser = cache(async (): Promise<CurrentUser | undefined> => {
  const session = sessionSchema.safeParse((await getServerSession(authOptions()))?.user);
  if (!session.success) return undefined;
  const { id, since, provider, directory } = session.data;
  const account = await readAccount(database(), id);
  if (!account || since < account.sessionsFrom) return undefined;
  const { name, email, hasPassword } = account;
  return { id, name, email, hasPassword, origin: { provider, directory } };
});

/** The tenants of who asks, as they are now. Read once a request. */
export const currentMemberships = cache(async (): Promise<Membership[]> => {
  const user = await currentUser();
  return user ? await listMemberships(database(), user.id, user.origin) : [];
});
