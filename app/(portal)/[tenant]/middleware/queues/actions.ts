"use server";

import { revalidatePath } from "next/cache";
import * as z from "zod";
import { syncQueues } from "#/lib/integrations/sync-queues.ts";
import { tryQuestion } from "#/lib/knowledge/try-question.ts";
import { tryQuestionInputSchema } from "#/lib/knowledge/try-question-job.ts";
import { defaultProfileSchema, mappingFormSchema } from "#/lib/routing/mapping-form.ts";
import { saveDefaultProfile } from "#/lib/routing/save-default-profile.ts";
import { deleteMapping, saveMapping } from "#/lib/routing/save-mapping.ts";
import { tenantAction } from "#/lib/web/action.ts";
import { database } from "#/lib/web/database.ts";
import { keyRing } from "#/lib/web/key-ring.ts";
import { webNetwork } from "#/lib/web/network.ts";
import { askJobs } from "#/lib/web/producers.ts";
import type { TenantAccess } from "#/lib/web/require-tenant.ts";

const permission = "mapping:write";
/** A person waits; a list that takes longer is refreshed by the server at night all the same. */
const LISTING_MS = 60_000;
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

/** Asks the platform for its queues and keeps the list. Each call of the platform has a limit of its own. */
export const listQueuesAction = tenantAction(
  { permission, input: z.object({ connectionId: z.uuid() }) },
  async ({ connectionId }, tenant) => {
    const deps = { db: database(), ring: keyRing(), network: webNetwork() };
    const changes = await syncQueues(deps, tenant.id, connectionId, AbortSignal.timeout(LISTING_MS));
    fresh(tenant);
    return changes;
  },
);

/** Answers a question with what the form holds now, saved or not. */
export const tryMappingAction = tenantAction(
  { permission: "mapping:read", input: tryQuestionInputSchema.omit({ tenantId: true }) },
  async (input, tenant) => ({ answer: await tryQuestion(askJobs(), { ...input, tenantId: tenant.id }) }),
);
