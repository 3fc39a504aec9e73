"use server";

import { revalidatePath } from "next/cache";
import * as z from "zod";
import type { Note } from "#/lib/models/note.ts";
import { deleteSpeech } from "#/lib/speech/delete-speech.ts";
import { saveSpeech } from "#/lib/speech/save-speech.ts";
import { setDefaultSpeech } from "#/lib/speech/set-default-speech.ts";
import { speechFormSchema } from "#/lib/speech/speech-settings.ts";
import { tenantPin } from "#/lib/speech/tenant-pin.ts";
import { audit } from "#/lib/tenancy/audit.ts";
import { tenantAction } from "#/lib/web/action.ts";
import { database } from "#/lib/web/database.ts";
import { keyRing } from "#/lib/web/key-ring.ts";
import type { TenantAccess } from "#/lib/web/require-tenant.ts";
import { webEnv } from "#/lib/web/web-env.ts";

const permission = "models:write";

function depsOf(tenant: TenantAccess) {
  const note: Note = (tx, entry) => audit(tx, { tenantId: tenant.id, userId: tenant.userId }, entry);
  return { db: database(), ring: keyRing(), pin: tenantPin(webEnv().OUTBOUND_ALLOWED_HOSTS), note };
}

export const saveSpeechAction = tenantAction(
  { permission, input: speechFormSchema },
  async (form, tenant) => {
    const speechId = await saveSpeech(depsOf(tenant), tenant.id, form);
    revalidatePath(`/${tenant.slug}/models`);
    return { speechId };
  },
);

export const deleteSpeechAction = tenantAction(
  { permission, input: z.object({ speechId: z.uuid() }) },
  async ({ speechId }, tenant) => {
    await deleteSpeech(depsOf(tenant), tenant.id, speechId);
    revalidatePath(`/${tenant.slug}/models`);
    return {};
  },
);

export const setDefaultSpeechAction = tenantAction(
  { permission, input: z.object({ speechId: z.uuid().optional() }) },
  async ({ speechId }, tenant) => {
    await setDefaultSpeech(depsOf(tenant), tenant.id, speechId);
    revalidatePath(`/${tenant.slug}/models`);
    return {};
  },
);
