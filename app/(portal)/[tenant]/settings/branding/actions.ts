"use server";

import { revalidatePath } from "next/cache";
import { brandingFormSchema, saveBranding } from "#/lib/branding/save-branding.ts";
import { tenantAction } from "#/lib/web/action.ts";
import { database } from "#/lib/web/database.ts";
import { askingOf } from "../asking.ts";

export const saveBrandingAction = tenantAction(
  { permission: "settings:write", input: brandingFormSchema },
  async (form, tenant) => {
    await saveBranding(database(), askingOf(tenant), form);
    revalidatePath(`/${tenant.slug}/settings/branding`);
    return {};
  },
);
