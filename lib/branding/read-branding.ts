import { branding } from "#/drizzle/schema/branding.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";

/** How a tenant's widget looks. What is missing looks as the product does. */
export type Branding = {
  /** `#rrggbb`, at 3:1 or more on the widget's ground in both themes. */
  accent?: string;
  title?: string;
  /** A data address of a PNG or a harmless SVG, for an image element only. */
  logo?: string;
};

export function readBranding(db: Database, tenantId: string): Promise<Branding> {
  return withTenant(db, tenantId, async (tx) => {
    const [row] = await tx.select().from(branding);
    if (!row) return {};
    return {
      ...(row.accent !== null && { accent: row.accent }),
      ...(row.title !== null && { title: row.title }),
      ...(row.logo !== null && { logo: `data:${row.logoType};base64,${row.logo.toString("base64")}` }),
    };
  });
}
