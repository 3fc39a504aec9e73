import { eq } from "drizzle-orm";
import { knowledgeBases } from "#/drizzle/schema/knowledge-bases.ts";
import { modelIntegrations } from "#/drizzle/schema/model-integrations.ts";
import type { TenantTransaction } from "#/lib/db/database.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { DefaultProfileForm } from "./mapping-form.ts";

/** A form's fields as a profile's columns; what was left empty is null. */
export function profileValues(form: DefaultProfileForm) {
  return {
    knowledgeBaseId: form.knowledgeBaseId ?? null,
    systemPrompt: form.systemPrompt,
    modelIntegrationId: form.modelIntegrationId ?? null,
    threshold: form.threshold ?? null,
  };
}

/** What another tenant owns, or what was deleted meanwhile, does not exist. */
export async function refuseUnknown(tx: TenantTransaction, form: DefaultProfileForm): Promise<void> {
  const { knowledgeBaseId, modelIntegrationId } = form;
  if (knowledgeBaseId !== undefined) {
    const [base] = await tx
      .select({ id: knowledgeBases.id })
      .from(knowledgeBases)
      .where(eq(knowledgeBases.id, knowledgeBaseId));
    if (!base) throw new AppError("not_found", "This knowledge base does not exist any more.");
  }
  if (modelIntegrationId !== undefined) {
    const [model] = await tx
      .select({ id: modelIntegrations.id })
      .from(modelIntegrations)
      .where(eq(modelIntegrations.id, modelIntegrationId));
    if (!model) throw new AppError("not_found", "This model does not exist any more.");
  }
}
