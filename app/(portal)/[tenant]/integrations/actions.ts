"use server";

import { revalidatePath } from "next/cache";
import * as z from "zod";
import {
  allowedOriginsSchema,
  newConnectionSchema,
  savedFormSchema,
} from "#/lib/integrations/connection-form.ts";
import { createConnection } from "#/lib/integrations/create-connection.ts";
import { deleteConnection } from "#/lib/integrations/delete-connection.ts";
import { disconnectPlatform } from "#/lib/integrations/disconnect-platform.ts";
import { renewEmbedToken, retirePrevious, rotateCredentials } from "#/lib/integrations/rotate-credentials.ts";
import {
  saveAllowedOrigins,
  saveConnection,
  setConnectionActive,
  takeFoundOrganization,
} from "#/lib/integrations/save-connection.ts";
import { saveSetupStep } from "#/lib/integrations/save-setup-step.ts";
import { tenantAction } from "#/lib/web/action.ts";
import { database } from "#/lib/web/database.ts";
import { keyRing } from "#/lib/web/key-ring.ts";
import { webNetwork } from "#/lib/web/network.ts";
import type { TenantAccess } from "#/lib/web/require-tenant.ts";
import { webLog } from "#/lib/web/web-log.ts";

const permission = "integrations:write";
const deps = () => ({ db: database(), ring: keyRing() });
const actorOf = (tenant: TenantAccess) => ({ tenantId: tenant.id, userId: tenant.userId });
const fresh = (tenant: TenantAccess) => revalidatePath(`/${tenant.slug}/integrations`, "layout");
const target = z.object({ connectionId: z.uuid() });

export const createConnectionAction = tenantAction(
  { permission, input: newConnectionSchema },
  async (input, tenant) => {
    const created = await createConnection(deps(), actorOf(tenant), input);
    fresh(tenant);
    return created;
  },
);

export const saveConnectionAction = tenantAction(
  { permission, input: savedFormSchema },
  async ({ connectionId, form }, tenant) => {
    await saveConnection(deps(), actorOf(tenant), connectionId, form);
    fresh(tenant);
    return {};
  },
);

/** Binds the connection to the organization that its test has found, instead of the former one. */
export const takeOrganizationAction = tenantAction(
  { permission, input: target },
  async ({ connectionId }, tenant) => {
    await takeFoundOrganization(database(), actorOf(tenant), connectionId);
    fresh(tenant);
    return {};
  },
);

export const rotateAction = tenantAction({ permission, input: target }, async ({ connectionId }, tenant) => {
  const shown = await rotateCredentials(deps(), actorOf(tenant), connectionId);
  fresh(tenant);
  return { shown };
});

export const retireAction = tenantAction({ permission, input: target }, async ({ connectionId }, tenant) => {
  await retirePrevious(database(), actorOf(tenant), connectionId);
  fresh(tenant);
  return {};
});

export const renewTokenAction = tenantAction(
  { permission, input: target },
  async ({ connectionId }, tenant) => {
    await renewEmbedToken(deps(), actorOf(tenant), connectionId);
    fresh(tenant);
    return {};
  },
);

export const saveOriginsAction = tenantAction(
  { permission, input: allowedOriginsSchema.extend(target.shape) },
  async ({ connectionId, origins }, tenant) => {
    await saveAllowedOrigins(database(), actorOf(tenant), connectionId, origins);
    fresh(tenant);
    return {};
  },
);

export const setActiveAction = tenantAction(
  { permission, input: target.extend({ active: z.boolean() }) },
  async ({ connectionId, active }, tenant) => {
    await setConnectionActive(database(), actorOf(tenant), connectionId, active);
    fresh(tenant);
    return {};
  },
);

export const deleteConnectionAction = tenantAction(
  { permission, input: target.extend({ name: z.string() }) },
  async (input, tenant) => {
    await disconnectPlatform(
      { ...deps(), network: webNetwork(), log: webLog },
      { tenantId: tenant.id, ...input },
    );
    await deleteConnection(database(), actorOf(tenant), input);
    fresh(tenant);
    return {};
  },
);

export const setupStepAction = tenantAction(
  { permission, input: target.extend({ step: z.string().min(1).max(80), done: z.boolean() }) },
  async (input, tenant) => {
    await saveSetupStep(database(), actorOf(tenant), input);
    fresh(tenant);
    return {};
  },
);
