import { notFound } from "next/navigation";
import { cache } from "react";
import * as z from "zod";
import { readBase } from "#/lib/knowledge/read-base.ts";
import { may } from "#/lib/tenancy/permissions.ts";
import { database } from "#/lib/web/database.ts";
import { requireTenant } from "#/lib/web/require-tenant.ts";

export type BaseParams = { params: Promise<{ tenant: string; base: string }> };

/** The base that an address names, for who asks; read once a request. */
export const baseOf = cache(async (slug: string, baseId: string) => {
  const tenant = await requireTenant(slug, "knowledge:read");
  if (!z.uuid().safeParse(baseId).success) notFound();
  const base = await readBase(database(), tenant.id, baseId);
  if (!base) notFound();
  return { tenant, base, mayWrite: may(tenant.role, "knowledge:write") };
});
