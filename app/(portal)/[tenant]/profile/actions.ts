"use server";

import { revalidatePath } from "next/cache";
import * as z from "zod";
import {
  changePassword,
  endSessions,
  nameFormSchema,
  passwordFormSchema,
  renameAccount,
} from "#/lib/tenancy/change-account.ts";
import { database } from "#/lib/web/database.ts";
import { userAction } from "#/lib/web/person-action.ts";

export const renameAction = userAction(nameFormSchema, async ({ name }, user) => {
  await renameAccount(database(), user.id, name);
  revalidatePath("/", "layout");
  return {};
});

export const changePasswordAction = userAction(passwordFormSchema, async (form, user) => {
  await changePassword(database(), { userId: user.id, email: user.email }, form);
  return {};
});

export const endSessionsAction = userAction(z.undefined(), async (_, user) => {
  await endSessions(database(), user.id);
  return {};
});
