import { Check, ChevronsUpDown } from "lucide-react";
import Link from "next/link";
import { DropdownMenu, MenuItem, MenuLabel } from "../ui/dropdown-menu.tsx";

export type ShellTenant = { slug: string; name: string };

type TenantSwitchProps = { current: ShellTenant; tenants: readonly ShellTenant[] };

/** The tenant that is open, and the way to the others. With one tenant it is only its name. */
export function TenantSwitch({ current, tenants }: TenantSwitchProps) {
  if (tenants.length < 2) {
    return (
      <div className="flex h-9 min-w-0 items-center gap-2 px-2">
        <TenantName tenant={current} />
      </div>
    );
  }
  return (
    <DropdownMenu
      align="start"
      trigger={
        <button
          type="button"
          className="flex h-9 w-full min-w-0 items-center gap-2 rounded-md px-2 text-left transition-colors hover:bg-hover data-[state=open]:bg-hover"
        >
          <TenantName tenant={current} />
          <span className="sr-only">switch tenant</span>
          <ChevronsUpDown className="ml-auto size-4 shrink-0 text-muted" aria-hidden />
        </button>
      }
    >
      <MenuLabel>Tenants</MenuLabel>
      {tenants.map((tenant) => (
        <MenuItem key={tenant.slug} asChild>
          <Link href={`/${tenant.slug}/overview` as never}>
            <span className="truncate">{tenant.name}</span>
            {tenant.slug === current.slug ? (
              <span className="ml-auto">
                <Check aria-label="open now" />
              </span>
            ) : null}
          </Link>
        </MenuItem>
      ))}
    </DropdownMenu>
  );
}

function TenantName({ tenant }: { tenant: ShellTenant }) {
  return (
    <>
      <span
        aria-hidden
        className="flex size-6 shrink-0 items-center justify-center rounded-sm bg-accent text-xs font-semibold text-on-accent"
      >
        {tenant.name.slice(0, 1).toUpperCase()}
      </span>
      <span className="truncate font-semibold">{tenant.name}</span>
    </>
  );
}
