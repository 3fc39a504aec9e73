import { findPlaces } from "#/lib/inspector/find-places.ts";
import { may } from "#/lib/tenancy/permissions.ts";
import { database } from "#/lib/web/database.ts";
import { tenantRoute } from "#/lib/web/route.ts";

const LONGEST = 200;

/** What Ctrl+K finds on the server; each kind asks its own permission, so any member may ask. */
export const GET = tenantRoute("overview:read", async (request, tenant) => {
  const typed = (new URL(request.url).searchParams.get("q") ?? "").slice(0, LONGEST);
  const places = await findPlaces(database(), tenant.id, typed, (permission) => may(tenant.role, permission));
  return { places };
});
