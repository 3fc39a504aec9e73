"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { TAB_LOOK } from "./tabs.tsx";

type LinkTabsProps = { label: string; tabs: readonly { href: string; label: ReactNode }[] };

/** Tabs whose views are pages: each has an address, so it can be shared and the back button works. */
export function LinkTabs({ label, tabs }: LinkTabsProps) {
  const path = usePathname();
  const bar = useRef<HTMLElement>(null);
  // Where not all tabs fit, the one that is open must be among those in sight.
  useEffect(() => {
    const open = bar.current?.querySelector<HTMLElement>(`[href="${CSS.escape(path)}"]`);
    if (bar.current && open)
      bar.current.scrollLeft = open.offsetLeft - (bar.current.clientWidth - open.offsetWidth) / 2;
  }, [path]);
  return (
    <nav
      ref={bar}
      aria-label={label}
      className="relative mb-4 flex gap-5 overflow-x-auto overflow-y-hidden border-b"
    >
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
