"use server";

import { revalidatePath } from "next/cache";
import * as z from "zod";
import { changeMemberRole, memberRoleSchema } from "#/lib/tenancy/change-member-role.ts";
import { invitationFormSchema, inviteMember } from "#/lib/tenancy/invite-member.ts";
import { removeMember } from "#/lib/tenancy/remove-member.ts";
import { revokeInvitation } from "#/lib/tenancy/revoke-invitation.ts";
import { tenantAction } from "#/lib/web/action.ts";
import { database } from "#/lib/web/database.ts";
import type { TenantAccess } from "#/lib/web/require-tenant.ts";
import { webEnv } from "#/lib/web/web-env.ts";
import { askingOf } from "../asking.ts";

const permission = "members:write";

function fresh(tenant: TenantAccess): void {
  revalidatePath(`/${tenant.slug}/settings/members`);
}

export const inviteAction = tenantAction(
  { permission, input: invitationFormSchema },
  async (form, tenant) => {
    const { token } = await inviteMember({ db: database(), clock: Date.now }, askingOf(tenant), form);
    fresh(tenant);
    return { email: form.email, link: `${webEnv().PORTAL_URL.replace(/\/$/, "")}/invitation/${token}` };
  },
);

export const revokeInvitationAction = tenantAction(
  { permission, input: z.object({ invitationId: z.uuid() }) },
  async ({ invitationId }, tenant) => {
    await revokeInvitation(database(), askingOf(tenant), invitationId);
    fresh(tenant);
    return {};
  },
);

export const changeRoleAction = tenantAction(
  { permission, input: memberRoleSchema },
  async (change, tenant) => {
    await changeMemberRole(database(), askingOf(tenant), change);
    fresh(tenant);
    return {};
  },
);

export const removeMemberAction = tenantAction(
  { permission, input: z.object({ userId: z.uuid() }) },
  async ({ userId }, tenant) => {
    await removeMember(database(), askingOf(tenant), userId);
    fresh(tenant);
    return {};
  },
);
