"use server";

import { revalidatePath } from "next/cache";
import { createAgentDirectory } from "#/lib/directory/agent-directory.ts";
import {
  agentLinkRemovalSchema,
  agentLinkSchema,
  removeAgentLink,
  saveAgentLink,
} from "#/lib/directory/edit-links.ts";
import { tenantAction } from "#/lib/web/action.ts";
import { database } from "#/lib/web/database.ts";
import { redis } from "#/lib/web/redis.ts";
import type { TenantAccess } from "#/lib/web/require-tenant.ts";

const permission = "integrations:write";
const deps = () => ({ db: database(), directory: createAgentDirectory({ redis: redis(), db: database() }) });
const actorOf = (tenant: TenantAccess) => ({ tenantId: tenant.id, userId: tenant.userId });
const fresh = (tenant: TenantAccess, connectionId: string) =>
  revalidatePath(`/${tenant.slug}/integrations/${connectionId}/agents`);

export const saveLinkAction = tenantAction({ permission, input: agentLinkSchema }, async (input, tenant) => {
  await saveAgentLink(deps(), actorOf(tenant), input);
  fresh(tenant, input.connectionId);
  return {};
});

export const removeLinkAction = tenantAction(
  { permission, input: agentLinkRemovalSchema },
  async (input, tenant) => {
    await removeAgentLink(deps(), actorOf(tenant), input);
    fresh(tenant, input.connectionId);
    return {};
  },
);
