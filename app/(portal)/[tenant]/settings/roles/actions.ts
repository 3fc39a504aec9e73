"use server";

import { revalidatePath } from "next/cache";
import * as z from "zod";
import { deleteRole } from "#/lib/tenancy/delete-role.ts";
import { roleFormSchema, saveRole } from "#/lib/tenancy/save-role.ts";
import { tenantAction } from "#/lib/web/action.ts";
import { database } from "#/lib/web/database.ts";
import { askingOf } from "../asking.ts";

const permission = "members:write";

export const saveRoleAction = tenantAction({ permission, input: roleFormSchema }, async (form, tenant) => {
  await saveRole(database(), askingOf(tenant), form);
  revalidatePath(`/${tenant.slug}/settings/roles`);
  return {};
});

export const deleteRoleAction = tenantAction(
  { permission, input: z.object({ roleId: z.uuid() }) },
  async ({ roleId }, tenant) => {
    await deleteRole(database(), askingOf(tenant), roleId);
    revalidatePath(`/${tenant.slug}/settings/roles`);
    return {};
  },
);
