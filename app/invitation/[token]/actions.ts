"use server";

import * as z from "zod";
import { acceptAsUser, acceptWithNewAccount, newAccountSchema } from "#/lib/tenancy/accept-invitation.ts";
import { database } from "#/lib/web/database.ts";
import { userAction, visitorAction } from "#/lib/web/person-action.ts";

export const makeAccountAction = visitorAction(newAccountSchema, (form) =>
  acceptWithNewAccount(database(), form),
);

export const joinAction = userAction(
  z.object({ token: z.string().min(1).max(200) }),
  async ({ token }, user) => ({
    slug: await acceptAsUser(database(), token, user.id),
  }),
);
