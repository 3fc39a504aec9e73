"use server";

import { revalidatePath } from "next/cache";
import * as z from "zod";
import { countExpired } from "#/lib/privacy/count-expired.ts";
import {
  askForRetention,
  maskingFormSchema,
  retentionFormSchema,
  saveMasking,
  saveRetention,
} from "#/lib/privacy/privacy-settings.ts";
import { tenantAction } from "#/lib/web/action.ts";
import { database } from "#/lib/web/database.ts";
import { askingOf } from "../asking.ts";

const permission = "settings:write";

/** A dry run: what these days would delete now. */
export const countExpiredAction = tenantAction(
  { permission, input: retentionFormSchema },
  async (days, tenant) => ({
    counts: await countExpired({ db: database(), clock: Date.now }, tenant.id, days),
  }),
);

export const saveRetentionAction = tenantAction(
  { permission, input: retentionFormSchema },
  async (days, tenant) => {
    await saveRetention(database(), askingOf(tenant), days);
    revalidatePath(`/${tenant.slug}/settings/retention`);
    return {};
  },
);

export const runRetentionAction = tenantAction({ permission, input: z.undefined() }, async (_, tenant) => {
  await askForRetention(database(), askingOf(tenant));
  revalidatePath(`/${tenant.slug}/settings/retention`);
  return {};
});

export const saveMaskingAction = tenantAction(
  { permission, input: maskingFormSchema },
  async ({ mask }, tenant) => {
    await saveMasking(database(), askingOf(tenant), mask);
    revalidatePath(`/${tenant.slug}/settings/retention`);
    return {};
  },
);
