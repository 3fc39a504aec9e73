import { and, eq, ne, sql } from "drizzle-orm";
import { knowledgeBases } from "#/drizzle/schema/knowledge-bases.ts";
import { profiles } from "#/drizzle/schema/profiles.ts";
import type { Database, TenantTransaction } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { type Actor, audit } from "#/lib/tenancy/audit.ts";

export function createBase(db: Database, actor: Actor, name: string): Promise<string> {
  return withTenant(db, actor.tenantId, async (tx) => {
    await refuseTakenName(tx, name);
    const [row] = await tx
      .insert(knowledgeBases)
      .values({ tenantId: actor.tenantId, name })
      .returning({ id: knowledgeBases.id });
    const baseId = row?.id ?? "";
    await audit(tx, actor, { action: "knowledge.created", target: baseId, detail: { name } });
    return baseId;
  });
}

export function renameBase(db: Database, actor: Actor, baseId: string, name: string): Promise<void> {
  return withTenant(db, actor.tenantId, async (tx) => {
    await refuseTakenName(tx, name, baseId);
    const renamed = await tx
      .update(knowledgeBases)
      .set({ name })
      .where(eq(knowledgeBases.id, baseId))
      .returning();
    if (renamed.length === 0) throw missing();
    await audit(tx, actor, { action: "knowledge.renamed", target: baseId, detail: { name } });
  });
}

/** Deletes a base with its documents. Profiles that searched it fall back to the tenant's default base. */
export function deleteBase(db: Database, actor: Actor, { baseId, name }: { baseId: string; name: string }) {
  return withTenant(db, actor.tenantId, async (tx) => {
    const [base] = await tx
      .select({ name: knowledgeBases.name })
      .from(knowledgeBases)
      .where(eq(knowledgeBases.id, baseId));
    if (!base) throw missing();
    if (base.name !== name) throw new AppError("invalid_input", "The name you typed is not this base's.");
    await tx
      .update(profiles)
      .set({ knowledgeBaseId: null, version: sql`${profiles.version} + 1` })
      .where(eq(profiles.knowledgeBaseId, baseId));
    await tx.delete(knowledgeBases).where(eq(knowledgeBases.id, baseId));
    await audit(tx, actor, { action: "knowledge.deleted", target: baseId, detail: { name } });
  });
}

async function refuseTakenName(tx: TenantTransaction, name: string, exceptId?: string): Promise<void> {
  const same = eq(knowledgeBases.name, name);
  const where = exceptId === undefined ? same : and(same, ne(knowledgeBases.id, exceptId));
  const [taken] = await tx.select({ id: knowledgeBases.id }).from(knowledgeBases).where(where);
  if (taken) throw new AppError("conflict", `There is a knowledge base named "${name}" already.`);
}

function missing(): AppError {
  return new AppError("not_found", "This knowledge base does not exist any more.");
}
