import type { Asking } from "#/lib/tenancy/permissions.ts";
import type { TenantAccess } from "#/lib/web/require-tenant.ts";

/** Who asks for a change of settings, with what they may do at this moment. */
export function askingOf({ id, userId, role }: TenantAccess): Asking {
  return { tenantId: id, userId, role };
}
