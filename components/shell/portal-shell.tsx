import type { ReactNode } from "react";
import { type CommandGroup, CommandPalette } from "../ui/command-palette.tsx";
import { NarrowMenu } from "./narrow-menu.tsx";
import type { NavPage } from "./navigation.ts";
import { PageIcon } from "./page-icon.tsx";
import { type NavCounts, SideNav } from "./side-nav.tsx";
import { type ShellTenant, TenantSwitch } from "./tenant-switch.tsx";
import { UserMenu } from "./user-menu.tsx";

type PortalShellProps = {
  tenant: ShellTenant;
  tenants: readonly ShellTenant[];
  user: { name: string; email: string; role: string };
  pages: readonly NavPage[];
  counts?: NavCounts;
  /** At the right of the top bar: how the whole service is doing. */
  status?: ReactNode;
  /** What Ctrl+K finds beside the pages. */
  commands?: readonly CommandGroup[];
  children: ReactNode;
};

/** The frame around every page of a tenant. */
export function PortalShell(props: PortalShellProps) {
  const { tenant, tenants, user, pages, counts = {}, status, commands = [], children } = props;
  const side = (
    <>
      <TenantSwitch current={tenant} tenants={tenants} />
      <div className="mt-3 min-h-0 flex-1 overflow-y-auto">
        <SideNav slug={tenant.slug} pages={pages} counts={counts} />
      </div>
      <UserMenu {...user} />
    </>
  );
  return (
    <div className="flex min-h-dvh">
      <a
        href="#content"
        className="sr-only z-50 rounded-md bg-raised px-3 py-2 shadow-float focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to content
      </a>
      <aside className="sticky top-0 hidden h-dvh w-56 shrink-0 flex-col border-r bg-surface p-2 md:flex">
        {side}
      </aside>
      <div className="flex min-w-0 flex-1 flex-col">
        <header className="sticky top-0 z-30 flex h-12 items-center gap-3 border-b bg-background px-4 md:px-6">
          <div className="md:hidden">
            <NarrowMenu>{side}</NarrowMenu>
          </div>
          <span className="truncate font-medium md:hidden">{tenant.name}</span>
          <div className="ml-auto flex items-center gap-3">
            {status}
            <CommandPalette slug={tenant.slug} groups={[pageCommands(tenant.slug, pages), ...commands]} />
          </div>
        </header>
        <main id="content" tabIndex={-1} className="min-w-0 flex-1 px-4 py-6 outline-none md:px-6">
          {children}
        </main>
      </div>
    </div>
  );
}

function pageCommands(slug: string, pages: readonly NavPage[]): CommandGroup {
  return {
    heading: "Pages",
    items: pages.map((page) => ({
      id: page.key,
      label: page.label,
      href: `/${slug}${page.path}`,
      icon: <PageIcon page={page.key} />,
      ...(page.under ? { hint: page.under } : {}),
      ...(page.keywords ? { keywords: page.keywords } : {}),
    })),
  };
}
