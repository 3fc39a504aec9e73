"use server";

import { revalidatePath } from "next/cache";
import * as z from "zod";
import { deleteModel } from "#/lib/models/delete-model.ts";
import { modelFormSchema } from "#/lib/models/model-form.ts";
import type { Note } from "#/lib/models/note.ts";
import { saveModel } from "#/lib/models/save-model.ts";
import { setDefaultModel } from "#/lib/models/set-default-model.ts";
import { tenantOutbound } from "#/lib/models/tenant-outbound.ts";
import { audit } from "#/lib/tenancy/audit.ts";
import { tenantAction } from "#/lib/web/action.ts";
import { database } from "#/lib/web/database.ts";
import { keyRing } from "#/lib/web/key-ring.ts";
import type { TenantAccess } from "#/lib/web/require-tenant.ts";
import { webEnv } from "#/lib/web/web-env.ts";

const permission = "models:write";

function depsOf(tenant: TenantAccess) {
  const note: Note = (tx, entry) => audit(tx, { tenantId: tenant.id, userId: tenant.userId }, entry);
  return { db: database(), ring: keyRing(), outbound: tenantOutbound(webEnv().OUTBOUND_ALLOWED_HOSTS), note };
}

export const saveModelAction = tenantAction({ permission, input: modelFormSchema }, async (form, tenant) => {
  const modelId = await saveModel(depsOf(tenant), tenant.id, form);
  revalidatePath(`/${tenant.slug}/models`);
  return { modelId };
});

export const deleteModelAction = tenantAction(
  { permission, input: z.object({ modelId: z.uuid() }) },
  async ({ modelId }, tenant) => {
    await deleteModel(depsOf(tenant), tenant.id, modelId);
    revalidatePath(`/${tenant.slug}/models`);
    return {};
  },
);

export const setDefaultModelAction = tenantAction(
  { permission, input: z.object({ modelId: z.uuid().optional() }) },
  async ({ modelId }, tenant) => {
    await setDefaultModel(depsOf(tenant), tenant.id, modelId);
    revalidatePath(`/${tenant.slug}/models`);
    return {};
  },
);
