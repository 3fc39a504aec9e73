"use server";

import { revalidatePath } from "next/cache";
import * as z from "zod";
import { addWebPage } from "#/lib/knowledge/add-web-page.ts";
import { deleteDocuments, retryDocuments } from "#/lib/knowledge/change-documents.ts";
import { baseFormSchema, webPageFormSchema } from "#/lib/knowledge/knowledge-form.ts";
import { cancelReindex, reindexBase } from "#/lib/knowledge/reindex-base.ts";
import { createBase, deleteBase, renameBase } from "#/lib/knowledge/save-base.ts";
import { tryQuestion } from "#/lib/knowledge/try-question.ts";
import { tryQuestionInputSchema } from "#/lib/knowledge/try-question-job.ts";
import { restoreVersion } from "#/lib/knowledge/versions.ts";
import { tenantOutbound } from "#/lib/models/tenant-outbound.ts";
import { tenantAction } from "#/lib/web/action.ts";
import { database } from "#/lib/web/database.ts";
import { askJobs, producers } from "#/lib/web/producers.ts";
import type { TenantAccess } from "#/lib/web/require-tenant.ts";
import { webEnv } from "#/lib/web/web-env.ts";

const permission = "knowledge:write";
const base = z.object({ baseId: z.uuid() });
/** A page of the list at most. */
const chosen = z.object({ documentIds: z.array(z.uuid()).min(1).max(200) });
const version = z.object({ documentId: z.uuid(), number: z.int().positive() });
const actorOf = (tenant: TenantAccess) => ({ tenantId: tenant.id, userId: tenant.userId });
const fresh = (tenant: TenantAccess) => revalidatePath(`/${tenant.slug}/knowledge`, "layout");
const announce = (tenant: TenantAccess, ids: readonly string[]) =>
  producers().announce(
    "documents",
    ids.map((documentId) => ({ tenantId: tenant.id, documentId })),
  );

export const createBaseAction = tenantAction(
  { permission, input: baseFormSchema },
  async ({ name }, tenant) => {
    const baseId = await createBase(database(), actorOf(tenant), name);
    fresh(tenant);
    return { baseId };
  },
);

export const renameBaseAction = tenantAction(
  { permission, input: baseFormSchema.extend(base.shape) },
  async ({ baseId, name }, tenant) => {
    await renameBase(database(), actorOf(tenant), baseId, name);
    fresh(tenant);
    return {};
  },
);

export const deleteBaseAction = tenantAction(
  { permission, input: baseFormSchema.extend(base.shape) },
  async (input, tenant) => {
    await deleteBase(database(), actorOf(tenant), input);
    fresh(tenant);
    return {};
  },
);

export const addWebPageAction = tenantAction(
  { permission, input: webPageFormSchema.extend(base.shape) },
  async ({ baseId, address }, tenant) => {
    const deps = { db: database(), outbound: tenantOutbound(webEnv().OUTBOUND_ALLOWED_HOSTS) };
    const added = await addWebPage(deps, actorOf(tenant), baseId, address);
    announce(tenant, [added.documentId]);
    fresh(tenant);
    return { added };
  },
);

export const retryDocumentsAction = tenantAction(
  { permission, input: chosen },
  async ({ documentIds }, tenant) => {
    const queued = await retryDocuments(database(), actorOf(tenant), documentIds);
    announce(tenant, queued);
    fresh(tenant);
    return { count: queued.length };
  },
);

export const deleteDocumentsAction = tenantAction(
  { permission, input: chosen },
  async ({ documentIds }, tenant) => {
    const count = await deleteDocuments(database(), actorOf(tenant), documentIds);
    fresh(tenant);
    return { count };
  },
);

export const reindexBaseAction = tenantAction({ permission, input: base }, async ({ baseId }, tenant) => {
  const count = await reindexBase(database(), actorOf(tenant), baseId);
  fresh(tenant);
  return { count };
});

export const cancelReindexAction = tenantAction({ permission, input: base }, async ({ baseId }, tenant) => {
  const count = await cancelReindex(database(), actorOf(tenant), baseId);
  fresh(tenant);
  return { count };
});

export const restoreVersionAction = tenantAction({ permission, input: version }, async (input, tenant) => {
  await restoreVersion(database(), actorOf(tenant), input);
  announce(tenant, [input.documentId]);
  fresh(tenant);
  return {};
});

/** What this base alone finds and answers, extractively. */
export const tryBaseAction = tenantAction(
  { permission: "knowledge:read", input: tryQuestionInputSchema.omit({ tenantId: true }) },
  async (input, tenant) => ({ answer: await tryQuestion(askJobs(), { ...input, tenantId: tenant.id }) }),
);
