"use server";

import * as z from "zod";
import { asksPlatformFirst } from "#/lib/integrations/asks-platform-first.ts";
import { syncQueues } from "#/lib/integrations/sync-queues.ts";
import { tryQuestion } from "#/lib/knowledge/try-question.ts";
import { tryQuestionInputSchema } from "#/lib/knowledge/try-question-job.ts";
import { explainQueue } from "#/lib/routing/explain-queue.ts";
import { exportMappings } from "#/lib/routing/export-mappings.ts";
import { listVersions } from "#/lib/routing/list-versions.ts";
import { defaultProfileSchema, mappingFormSchema } from "#/lib/routing/mapping-form.ts";
import { recentQuestions } from "#/lib/routing/recent-questions.ts";
import { restoreVersion } from "#/lib/routing/restore-version.ts";
import { saveDefaultProfile } from "#/lib/routing/save-default-profile.ts";
import { deleteMapping, saveMapping } from "#/lib/routing/save-mapping.ts";
import { tenantAction } from "#/lib/web/action.ts";
import { database } from "#/lib/web/database.ts";
import { keyRing } from "#/lib/web/key-ring.ts";
import { webNetwork } from "#/lib/web/network.ts";
import { askJobs } from "#/lib/web/producers.ts";
import { actorOf, freshQueues as fresh } from "./queues-page.ts";

const permission = "mapping:write";
const readable = "mapping:read";
/** A person waits; a list that takes longer is refreshed by the server at night all the same. */
const LISTING_MS = 60_000;

export const saveMappingAction = tenantAction(
  { permission, input: mappingFormSchema },
  async (form, tenant) => {
    const saved = await saveMapping(database(), actorOf(tenant), form);
    // Nothing was written: the form stays as it is, ready to be sent again.
    if (!("stale" in saved)) fresh(tenant);
    return saved;
  },
);

export const saveDefaultAction = tenantAction(
  { permission, input: defaultProfileSchema },
  async (form, tenant) => {
    const saved = await saveDefaultProfile(database(), actorOf(tenant), form);
    if (!("stale" in saved)) fresh(tenant);
    return saved;
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

const version = z.int().nonnegative();

export const restoreVersionAction = tenantAction(
  { permission, input: z.object({ profileId: z.uuid(), version, expected: version }) },
  async (input, tenant) => {
    const restored = await restoreVersion(database(), actorOf(tenant), input);
    fresh(tenant);
    return "stale" in restored ? restored : {};
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
  { permission: readable, input: tryQuestionInputSchema.omit({ tenantId: true }) },
  async (input, tenant) => ({ answer: await tryQuestion(askJobs(), { ...input, tenantId: tenant.id }) }),
);

export const listVersionsAction = tenantAction(
  { permission: readable, input: z.object({ profileId: z.uuid() }) },
  async ({ profileId }, tenant) => ({ versions: await listVersions(database(), tenant.id, profileId) }),
);

const queueId = z.string().trim().min(1).max(200).optional();

/** What customers really asked: for readers of conversations, since it is what was said. */
export const recentQuestionsAction = tenantAction(
  { permission: "conversations:read", input: z.object({ connectionId: z.uuid().optional(), queueId }) },
  async (place, tenant) => ({ questions: await recentQuestions(database(), tenant.id, place) }),
);

export const explainQueueAction = tenantAction(
  { permission: readable, input: z.object({ connectionId: z.uuid(), queueId }) },
  async ({ connectionId, queueId: queue }, tenant) => {
    const explanation = await explainQueue(database(), tenant.id, { connectionId, queueId: queue });
    const deps = { db: database(), ring: keyRing() };
    return { explanation, platformFirst: await asksPlatformFirst(deps, tenant.id, connectionId) };
  },
);

export const exportMappingsAction = tenantAction(
  { permission: readable, input: z.object({}) },
  async (_input, tenant) => ({ text: await exportMappings(database(), actorOf(tenant)) }),
);
