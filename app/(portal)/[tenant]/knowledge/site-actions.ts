"use server";

import { revalidatePath } from "next/cache";
import * as z from "zod";
import { addSite, cancelSite, deleteSite, runSite, saveSite } from "#/lib/knowledge/crawl/save-site.ts";
import { siteFormSchema, siteSettingsSchema } from "#/lib/knowledge/crawl/site-form.ts";
import { tenantOutbound } from "#/lib/models/tenant-outbound.ts";
import { tenantAction } from "#/lib/web/action.ts";
import { database } from "#/lib/web/database.ts";
import type { TenantAccess } from "#/lib/web/require-tenant.ts";
import { webEnv } from "#/lib/web/web-env.ts";

const permission = "knowledge:write";
const site = z.object({ siteId: z.uuid() });
const actorOf = (tenant: TenantAccess) => ({ tenantId: tenant.id, userId: tenant.userId });
const fresh = (tenant: TenantAccess) => revalidatePath(`/${tenant.slug}/knowledge`, "layout");

export const addSiteAction = tenantAction(
  { permission, input: z.intersection(siteFormSchema, z.object({ baseId: z.uuid() })) },
  async ({ baseId, startUrl, pathPrefix, mostPages, mostDepth, schedule }, tenant) => {
    // Refused here, a private address stands at the form; the crawl asks the same guard again at every step.
    await tenantOutbound(webEnv().OUTBOUND_ALLOWED_HOSTS).check(startUrl);
    const form = { startUrl, pathPrefix, mostPages, mostDepth, schedule };
    const siteId = await addSite(database(), actorOf(tenant), baseId, form);
    fresh(tenant);
    return { siteId };
  },
);

export const saveSiteAction = tenantAction(
  { permission, input: siteSettingsSchema.extend(site.shape) },
  async ({ siteId, ...settings }, tenant) => {
    await saveSite(database(), actorOf(tenant), siteId, settings);
    fresh(tenant);
    return {};
  },
);

export const runSiteAction = tenantAction({ permission, input: site }, async ({ siteId }, tenant) => {
  await runSite(database(), actorOf(tenant), siteId);
  fresh(tenant);
  return {};
});

export const cancelSiteAction = tenantAction({ permission, input: site }, async ({ siteId }, tenant) => {
  await cancelSite(database(), actorOf(tenant), siteId);
  fresh(tenant);
  return {};
});

export const deleteSiteAction = tenantAction({ permission, input: site }, async ({ siteId }, tenant) => {
  await deleteSite(database(), actorOf(tenant), siteId);
  fresh(tenant);
  return {};
});
