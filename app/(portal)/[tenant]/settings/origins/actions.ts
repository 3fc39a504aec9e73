"use server";

import { revalidatePath } from "next/cache";
import * as z from "zod";
import { allowedOriginsSchema } from "#/lib/integrations/connection-form.ts";
import { saveAllowedOrigins } from "#/lib/integrations/save-connection.ts";
import { tenantAction } from "#/lib/web/action.ts";
import { database } from "#/lib/web/database.ts";
import { askingOf } from "../asking.ts";

export const saveOriginsAction = tenantAction(
  { permission: "integrations:write", input: allowedOriginsSchema.extend({ connectionId: z.uuid() }) },
  async ({ connectionId, origins }, tenant) => {
    await saveAllowedOrigins(database(), askingOf(tenant), connectionId, origins);
    revalidatePath(`/${tenant.slug}/settings/origins`);
    return {};
  },
);
