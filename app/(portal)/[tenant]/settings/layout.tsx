import type { ReactNode } from "react";
import { LinkTabs } from "#/components/ui/link-tabs.tsx";
import { PageHeader } from "#/components/ui/page-header.tsx";
import { may, type Permission } from "#/lib/tenancy/permissions.ts";
import { requireTenant } from "#/lib/web/require-tenant.ts";

const TABS: readonly { path: string; label: string; permission: Permission }[] = [
  { path: "members", label: "Members", permission: "settings:read" },
  { path: "roles", label: "Roles", permission: "settings:read" },
  { path: "sign-on", label: "Single sign-on", permission: "settings:read" },
  { path: "keys", label: "API keys", permission: "keys:write" },
  { path: "retention", label: "Retention", permission: "settings:read" },
  { path: "branding", label: "Branding", permission: "settings:read" },
  { path: "origins", label: "Allowed origins", permission: "settings:read" },
  { path: "audit", label: "Audit log", permission: "audit:read" },
];

type SettingsLayoutProps = { children: ReactNode; params: Promise<{ tenant: string }> };

export default async function SettingsLayout({ children, params }: SettingsLayoutProps) {
  const { tenant: slug } = await params;
  const tenant = await requireTenant(slug, "settings:read");
  const tabs = TABS.filter(({ permission }) => may(tenant.role, permission));
  return (
    <>
      <PageHeader
        title="Settings"
        hint={`Who may do what in ${tenant.name}, how long data is kept, and what was changed.`}
      />
      <LinkTabs
        label="Settings"
        tabs={tabs.map(({ path, label }) => ({ href: `/${slug}/settings/${path}`, label }))}
      />
      {children}
    </>
  );
}
