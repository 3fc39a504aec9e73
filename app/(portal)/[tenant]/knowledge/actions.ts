"use server";

import { revalidatePath } from "next/cache";
import * as z from "zod";
import { addWebPage } from "#/lib/knowledge/add-web-page.ts";
import { deleteDocument, retryDocument } from "#/lib/knowledge/change-documents.ts";
import { baseFormSchema, webPageFormSchema } from "#/lib/knowledge/knowledge-form.ts";
import { createBase, deleteBase, renameBase } from "#/lib/knowledge/save-base.ts";
import { tryQuestion } from "#/lib/knowledge/try-question.ts";
import { tryQuestionInputSchema } from "#/lib/knowledge/try-question-job.ts";
import { tenantOutbound } from "#/lib/models/tenant-outbound.ts";
import { tenantAction } from "#/lib/web/action.ts";
import { database } from "#/lib/web/database.ts";
import { askJobs, producers } from "#/lib/web/producers.ts";
import type { TenantAccess } from "#/lib/web/require-tenant.ts";
import { webEnv } from "#/lib/web/web-env.ts";

const permission = "knowledge:write";
const base = z.object({ baseId: z.uuid() });
const document = z.object({ documentId: z.uuid() });
const actorOf = (tenant: TenantAccess) => ({ tenantId: tenant.id, userId: tenant.userId });
const fresh = (tenant: TenantAccess) => revalidatePath(`/${tenant.slug}/knowledge`, "layout");

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
    producers().announce("documents", [{ tenantId: tenant.id, documentId: added.documentId }]);
    fresh(tenant);
    return { added };
  },
);

export const retryDocumentAction = tenantAction(
  { permission, input: document },
  async ({ documentId }, tenant) => {
    await retryDocument(database(), actorOf(tenant), documentId);
    producers().announce("documents", [{ tenantId: tenant.id, documentId }]);
    fresh(tenant);
    return {};
  },
);

export const deleteDocumentAction = tenantAction(
  { permission, input: document },
  async ({ documentId }, tenant) => {
    await deleteDocument(database(), actorOf(tenant), documentId);
    fresh(tenant);
    return {};
  },
);

/** What this base alone finds and answers, extractively. */
export const tryBaseAction = tenantAction(
  { permission: "knowledge:read", input: tryQuestionInputSchema.omit({ tenantId: true }) },
  async (input, tenant) => ({ answer: await tryQuestion(askJobs(), { ...input, tenantId: tenant.id }) }),
);
