import { revalidatePath } from "next/cache";
import type { TenantAccess } from "#/lib/web/require-tenant.ts";

export const actorOf = (tenant: TenantAccess) => ({ tenantId: tenant.id, userId: tenant.userId });

/** The next look at the page is read anew. */
export const freshQueues = (tenant: TenantAccess) => revalidatePath(`/${tenant.slug}/middleware/queues`);
