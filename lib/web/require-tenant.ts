import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { AppError } from "#/lib/kernel/app-error.ts";
import type { Membership } from "#/lib/tenancy/list-memberships.ts";
import { may, type Permission } from "#/lib/tenancy/permissions.ts";
import { type CurrentUser, currentMemberships, currentUser } from "./current-user.ts";
import { PATH_HEADER } from "./request-headers.ts";

export type TenantAccess = Membership & { userId: string };

/** Who asks; a visitor is sent to sign in and comes back to where they wanted to go. */
export async function requireUser(): Promise<CurrentUser> {
  const user = await currentUser();
  if (user) return user;
  const path = (await headers()).get(PATH_HEADER) ?? "/";
  redirect(`/sign-in?callbackUrl=${encodeURIComponent(path)}`);
}

/**
 * The tenant that a page is about. A tenant that does not exist, one of others and a missing permission
 * all answer "not found", so that nobody can find out which tenants there are.
 */
export async function requireTenant(slug: string, permission?: Permission): Promise<TenantAccess> {
  const user = await requireUser();
  return (await findAccess(slug, user.id, permission)) ?? notFound();
}

/** The same for actions and routes, which answer instead of showing a page. Throws `AppError`. */
export async function authorizeTenant(slug: string, permission: Permission): Promise<TenantAccess> {
  const user = await currentUser();
  if (!user) throw new AppError("unauthenticated", "Your session has ended. Sign in again.");
  const access = await findAccess(slug, user.id, permission);
  if (!access) throw new AppError("not_found", "This does not exist, or your role may not do it.");
  return access;
}

async function findAccess(slug: string, userId: string, permission?: Permission) {
  const membership = (await currentMemberships()).find((tenant) => tenant.slug === slug);
  if (!membership || (permission && !may(membership.role, permission))) return undefined;
  return { ...membership, userId };
}
