"use server";

import { revalidatePath } from "next/cache";
import * as z from "zod";
import { apiKeyFormSchema, createApiKey } from "#/lib/api-keys/create-api-key.ts";
import { revokeApiKey } from "#/lib/api-keys/revoke-api-key.ts";
import { tenantAction } from "#/lib/web/action.ts";
import { database } from "#/lib/web/database.ts";
import { askingOf } from "../asking.ts";

const permission = "keys:write";

export const createKeyAction = tenantAction({ permission, input: apiKeyFormSchema }, async (form, tenant) => {
  const { key } = await createApiKey({ db: database(), clock: Date.now }, askingOf(tenant), form);
  revalidatePath(`/${tenant.slug}/settings/keys`);
  return { key, name: form.name };
});

export const revokeKeyAction = tenantAction(
  { permission, input: z.object({ keyId: z.uuid() }) },
  async ({ keyId }, tenant) => {
    await revokeApiKey(database(), askingOf(tenant), keyId);
    revalidatePath(`/${tenant.slug}/settings/keys`);
    return {};
  },
);
