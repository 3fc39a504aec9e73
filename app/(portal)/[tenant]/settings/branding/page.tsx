import { BrandingForm } from "#/components/settings/branding-form.tsx";
import { BrandingPreview } from "#/components/settings/branding-preview.tsx";
import { Section } from "#/components/settings/section.tsx";
import { readBranding } from "#/lib/branding/read-branding.ts";
import { may } from "#/lib/tenancy/permissions.ts";
import { database } from "#/lib/web/database.ts";
import { requireTenant } from "#/lib/web/require-tenant.ts";
import { saveBrandingAction } from "./actions.ts";

export const metadata = { title: "Branding" };

export default async function BrandingPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant: slug } = await params;
  const tenant = await requireTenant(slug, "settings:read");
  const branding = await readBranding(database(), tenant.id);
  const { accent, title = "", logo } = branding;
  return (
    <Section
      title="Branding"
      hint="How the widget looks beside your agents' desktop. What is left empty looks as the product does."
    >
      {may(tenant.role, "settings:write") ? (
        <BrandingForm branding={branding} save={saveBrandingAction.bind(null, slug)} />
      ) : (
        <div className="grid max-w-2xl gap-4 sm:grid-cols-2">
          <BrandingPreview theme="light" accent={accent} title={title} logo={logo} />
          <BrandingPreview theme="dark" accent={accent} title={title} logo={logo} />
        </div>
      )}
    </Section>
  );
}
