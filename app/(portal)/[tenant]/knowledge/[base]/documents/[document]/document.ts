import { notFound } from "next/navigation";
import { cache } from "react";
import * as z from "zod";
import { readDocumentPage } from "#/lib/knowledge/read-base.ts";
import { may } from "#/lib/tenancy/permissions.ts";
import { database } from "#/lib/web/database.ts";
import { requireTenant } from "#/lib/web/require-tenant.ts";

export type DocumentParams = { params: Promise<{ tenant: string; base: string; document: string }> };

/** The document that an address names, for who asks; read once a request. */
export const documentOf = cache(async (slug: string, baseId: string, id: string) => {
  const tenant = await requireTenant(slug, "knowledge:read");
  if (!z.uuid().safeParse(id).success) notFound();
  const document = await readDocumentPage(database(), tenant.id, id);
  if (!document || document.base.id !== baseId) notFound();
  return { tenant, document, mayWrite: may(tenant.role, "knowledge:write") };
});
