"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { TAB_LOOK } from "./tabs.tsx";

type LinkTabsProps = { label: string; tabs: readonly { href: string; label: ReactNode }[] };

/** Tabs whose views are pages: each has an address, so it can be shared and the back button works. */
export function LinkTabs({ label, tabs }: LinkTabsProps) {
  const path = usePathname();
  return (
    <nav aria-label={label} className="mb-4 flex gap-5 overflow-x-auto overflow-y-hidden border-b">
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href as never}
          data-state={path === tab.href ? "active" : "inactive"}
          aria-current={path === tab.href ? "page" : undefined}
          className={TAB_LOOK}
        >
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}
