import { getServerSession } from "next-auth";
import { cache } from "react";
import * as z from "zod";
import { listMemberships, type Membership } from "#/lib/tenancy/list-memberships.ts";
import { authOptions } from "./auth.ts";
import { database } from "./database.ts";

const userSchema = z.object({ id: z.uuid(), name: z.string(), email: z.string() });

export type CurrentUser = z.output<typeof userSchema>;

/** Who asks, or undefined when nobody is signed in. Read once a request. */
export const currentUser = cache(async (): Promise<CurrentUser | undefined> => {
  const session = await getServerSession(authOptions());
  const user = userSchema.safeParse(session?.user);
  return user.success ? user.data : undefined;
});

/** The tenants of who asks, as they are now. Read once a request. */
export const currentMemberships = cache(async (): Promise<Membership[]> => {
  const user = await currentUser();
  return user ? await listMemberships(database(), user.id) : [];
});
