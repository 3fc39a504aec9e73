"use server";

import { revalidatePath } from "next/cache";
import { saveSignInSettings, signInFormSchema } from "#/lib/tenancy/sign-in-settings.ts";
import { tenantAction } from "#/lib/web/action.ts";
import { database } from "#/lib/web/database.ts";
import { requireUser } from "#/lib/web/require-tenant.ts";
import { askingOf } from "../asking.ts";

export const saveSignOnAction = tenantAction(
  { permission: "settings:write", input: signInFormSchema },
  async (form, tenant) => {
    const { origin, email } = await requireUser();
    await saveSignInSettings(database(), { ...askingOf(tenant), origin, email }, form);
    revalidatePath(`/${tenant.slug}/settings/sign-on`);
    return {};
  },
);
