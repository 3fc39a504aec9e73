import { headers } from "next/headers";
import type { ReactNode } from "react";
import { pagesFor } from "#/components/shell/navigation.ts";
import { PortalShell } from "#/components/shell/portal-shell.tsx";
import { ThemeProvider } from "#/components/shell/theme-provider.tsx";
import { Toaster } from "#/components/ui/toaster.tsx";
import { may } from "#/lib/tenancy/permissions.ts";
import { currentMemberships } from "#/lib/web/current-user.ts";
import { NONCE_HEADER } from "#/lib/web/request-headers.ts";
import { requireTenant, requireUser } from "#/lib/web/require-tenant.ts";
import { webEnv } from "#/lib/web/web-env.ts";
import { readShell } from "./shell-facts.tsx";

type TenantLayoutProps = { children: ReactNode; params: Promise<{ tenant: string }> };

export default async function TenantLayout({ children, params }: TenantLayoutProps) {
  const { tenant: slug } = await params;
  const tenant = await requireTenant(slug);
  const [user, tenants, shown] = await Promise.all([requireUser(), currentMemberships(), readShell(tenant)]);
  const nonce = (await headers()).get(NONCE_HEADER) ?? undefined;
  const pages = pagesFor((permission) => may(tenant.role, permission), webEnv().SANDBOX === "on");

  return (
    <ThemeProvider nonce={nonce}>
      <PortalShell
        tenant={{ slug: tenant.slug, name: tenant.name }}
        tenants={tenants.map(({ slug, name }) => ({ slug, name }))}
        user={{ name: user.name, email: user.email, role: tenant.role.name }}
        pages={pages}
        counts={shown.counts}
        status={shown.status}
        commands={shown.commands}
      >
        {children}
      </PortalShell>
      <Toaster />
    </ThemeProvider>
  );
}
