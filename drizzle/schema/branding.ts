import { pgTable, text } from "drizzle-orm/pg-core";
import { bytes, tenantId, timestamps } from "./columns.ts";

/** How a tenant's widget looks to its agents. Without a row, or with nulls: as the product does. */
export const branding = pgTable("branding", {
  tenantId: tenantId().primaryKey(),
  /** `#rrggbb` */
  accent: text("accent"),
  title: text("title"),
  logo: bytes("logo"),
  logoType: text("logo_type").$type<"image/png" | "image/svg+xml">(),
  ...timestamps,
});
