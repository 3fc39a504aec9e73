"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "../ui/class-names.ts";
import type { NavPage, PageKey } from "./navigation.ts";
import { PageIcon } from "./page-icon.tsx";

/** Counts stand only where someone must act. */
export type NavCounts = Partial<Record<PageKey, number>>;

type SideNavProps = { slug: string; pages: readonly NavPage[]; counts: NavCounts };

export function SideNav({ slug, pages, counts }: SideNavProps) {
  const current = usePathname();
  return (
    <nav aria-label="Main" className="flex flex-col gap-0.5">
      {pages.map((page, index) => {
        const href = `/${slug}${page.path}`;
        const here = current === href || current.startsWith(`${href}/`);
        const heading = page.under && page.under !== pages[index - 1]?.under ? page.under : undefined;
        return (
          <div key={page.key}>
            {heading ? (
              <p className="flex h-8 items-center gap-2.5 px-2 text-muted">
                <PageIcon page={page.key} />
                {heading}
              </p>
            ) : null}
            <Link
              href={href as never}
              aria-current={here ? "page" : undefined}
              className={cn(
                "flex h-8 items-center gap-2.5 rounded-md px-2 text-base text-muted transition-colors hover:bg-hover hover:text-text",
                here && "bg-selected font-medium text-text hover:bg-selected [&>svg]:text-accent-text",
              )}
            >
              {page.under ? <span className="w-4" aria-hidden /> : <PageIcon page={page.key} />}
              <span className="truncate">{page.label}</span>
              <NavCount count={counts[page.key]} />
            </Link>
          </div>
        );
      })}
    </nav>
  );
}

function NavCount({ count }: { count: number | undefined }) {
  if (!count) return null;
  return (
    <span className="ml-auto rounded-sm bg-error-fill px-1.5 text-xs font-medium text-error tabular-nums">
      {count > 99 ? "99+" : count}
      <span className="sr-only"> need attention</span>
    </span>
  );
}
