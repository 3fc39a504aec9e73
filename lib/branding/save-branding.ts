import * as z from "zod";
import { branding } from "#/drizzle/schema/branding.ts";
import type { Database } from "#/lib/db/database.ts";
import { withTenant } from "#/lib/db/with-tenant.ts";
import { AppError } from "#/lib/kernel/app-error.ts";
import { type Actor, audit } from "#/lib/tenancy/audit.ts";
import { checkAccent, isColor, LOGO_BYTES_LIMIT, logoTypeOf } from "./branding-rules.ts";

export const brandingFormSchema = z.object({
  accent: z
    .string()
    .trim()
    .toLowerCase()
    .refine((text) => text === "" || isColor(text), "Write the colour as # and six digits, such as #2563eb.")
    .superRefine((text, context) => {
      const poor = isColor(text) ? checkAccent(text).filter(({ enough }) => !enough) : [];
      for (const { theme, contrast } of poor)
        context.addIssue({
          code: "custom",
          message: `Too close to the ${theme} ground (${contrast}:1, at least 3:1). Choose a ${theme === "light" ? "darker" : "lighter"} one.`,
        });
    }),
  title: z.string().trim().max(40, "40 characters at most: the widget is narrow."),
  /** A file that was not chosen arrives empty: the stored logo stays. */
  logo: z
    .instanceof(Blob)
    .refine((file) => file.size <= LOGO_BYTES_LIMIT, "The file is larger than 32 KB. Choose a smaller one.")
    .optional(),
  removeLogo: z.union([z.boolean(), z.literal("on").transform(() => true)]).default(false),
});

export type BrandingForm = z.output<typeof brandingFormSchema>;

/** Stores how the tenant's widget looks; it is worn by widgets that are opened from then on. */
export async function saveBranding(db: Database, actor: Actor, form: BrandingForm): Promise<void> {
  const logo = await readLogo(form);
  const fields = { accent: form.accent || null, title: form.title || null, ...logo };
  await withTenant(db, actor.tenantId, async (tx) => {
    await tx
      .insert(branding)
      .values({ tenantId: actor.tenantId, ...fields })
      .onConflictDoUpdate({ target: branding.tenantId, set: fields });
    const logoWord = logo.logo === undefined ? "kept" : logo.logo ? "replaced" : "removed";
    await audit(tx, actor, {
      action: "branding.saved",
      target: "widget",
      detail: {
        accent: form.accent || "the product's",
        title: form.title || "the product's",
        logo: logoWord,
      },
    });
  });
}

async function readLogo({ logo, removeLogo }: BrandingForm) {
  if (removeLogo) return { logo: null, logoType: null };
  if (!logo || logo.size === 0) return {};
  const bytes = Buffer.from(await logo.arrayBuffer());
  const logoType = logoTypeOf(bytes);
  if (!logoType)
    throw new AppError(
      "invalid_input",
      "This is neither a PNG nor a plain SVG. An SVG may hold shapes only: no script, style, link or image.",
      { field: "logo" },
    );
  return { logo: bytes, logoType };
}
