"use server";

import { revalidatePath } from "next/cache";
import * as z from "zod";
import { tryQuestion } from "#/lib/knowledge/try-question.ts";
import { tryQuestionInputSchema } from "#/lib/knowledge/try-question-job.ts";
import { defaultProfileSchema, mappingFormSchema } from "#/lib/routing/mapping-form.ts";
import { saveDefaultProfile } from "#/lib/routing/save-default-profile.ts";
import { deleteMapping, saveMapping } from "#/lib/routing/save-mapping.ts";
import { tenantAction } from "#/lib/web/action.ts";
import { database } from "#/lib/web/database.ts";
import { askJobs } from "#/lib/web/producers.ts";
import type { TenantAccess } from "#/lib/web/require-tenant.ts";

const permission = "mapping:write";
const actorOf = (tenant: TenantAccess) => ({ tenantId: tenant.id, userId: tenant.userId });
const fresh = (tenant: TenantAccess) => revalidatePath(`/${tenant.slug}/middleware/queues`);

export const saveMappingAction = tenantAction(
  { permission, input: mappingFormSchema },
  async (form, tenant) => {
    const saved = await saveMapping(database(), actorOf(tenant), form);
    fresh(tenant);
    return saved;
  },
);

export const saveDefaultAction = tenantAction(
  { permission, input: defaultProfileSchema },
  async (form, tenant) => {
    await saveDefaultProfile(database(), actorOf(tenant), form);
    fresh(tenant);
    return {};
  },
);

export const deleteMappingAction = tenantAction(
  { permission, input: z.object({ mappingId: z.uuid() }) },
  async ({ mappingId }, tenant) => {
    await deleteMapping(database(), actorOf(tenant), mappingId);
    fresh(tenant);
    return {};
  },
);

/** Answers a question with what the form holds now, saved or not. */
export const tryMappingAction = tenantAction(
  { permission: "mapping:read", input: tryQuestionInputSchema.omit({ tenantId: true }) },
  async (input, tenant) => ({ answer: await tryQuestion(askJobs(), { ...input, tenantId: tenant.id }) }),
);
