"use client";

import { ListFilter, Search, X } from "lucide-react";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { type ReactNode, useEffect, useOptimistic, useRef, useTransition } from "react";
import { Button } from "./button.tsx";
import { DropdownMenu, MenuCheck, MenuLabel, MenuSeparator } from "./dropdown-menu.tsx";

export type Filter = { key: string; label: string; options: readonly { value: string; label: string }[] };

type FilterChipsProps = {
  filters: readonly Filter[];
  /** The count of what is shown: "214 events". */
  count?: ReactNode;
  /** The address's key for free text, and what the box says; without it there is no box. */
  search?: { name: string; placeholder: string };
};

/** Filters of a list. They live in the address, so that a view can be shared; a changed filter starts at the first page. */
export function FilterChips({ filters, count, search }: FilterChipsProps) {
  const { params, change, busy } = useAddressFilters();
  const active = filters.flatMap((filter) =>
    filter.options
      .filter((option) => params.getAll(filter.key).includes(option.value))
      .map((option) => ({ filter, option })),
  );
  const toggle = (key: string, value: string, on: boolean) =>
    change((next) => (on ? next.append(key, value) : next.delete(key, value)));

  return (
    <div className="mb-3 flex flex-wrap items-center gap-2" aria-busy={busy}>
      {search ? <SearchBox {...search} initial={params.get(search.name) ?? ""} change={change} /> : null}
      {filters.length > 0 ? <FilterMenu filters={filters} params={params} toggle={toggle} /> : null}
      {active.map(({ filter, option }) => (
        <Button
          key={`${filter.key}=${option.value}`}
          size="sm"
          aria-label={`Remove the filter ${filter.label}: ${option.label}`}
          onClick={() => toggle(filter.key, option.value, false)}
        >
          <span className="text-muted">{filter.label}</span> {option.label}
          <X aria-hidden />
        </Button>
      ))}
      {active.length > 1 ? (
        <Button variant="ghost" size="sm" onClick={() => change((next) => clear(next, filters))}>
          Clear all
        </Button>
      ) : null}
      {count ? (
        <span className="ml-auto text-sm text-muted tabular-nums" role="status">
          {count}
        </span>
      ) : null}
    </div>
  );
}

type FilterMenuProps = {
  filters: readonly Filter[];
  params: URLSearchParams;
  toggle: (key: string, value: string, on: boolean) => void;
};

function FilterMenu({ filters, params, toggle }: FilterMenuProps) {
  return (
    <DropdownMenu
      align="start"
      trigger={
        <Button size="sm">
          <ListFilter aria-hidden />
          Filter
        </Button>
      }
    >
      {filters.map((filter, index) => (
        <div key={filter.key}>
          {index > 0 ? <MenuSeparator /> : null}
          <MenuLabel>{filter.label}</MenuLabel>
          {filter.options.map((option) => (
            <MenuCheck
              key={option.value}
              keepOpen
              checked={params.getAll(filter.key).includes(option.value)}
              onCheckedChange={(on) => toggle(filter.key, option.value, on)}
            >
              {option.label}
            </MenuCheck>
          ))}
        </div>
      ))}
    </DropdownMenu>
  );
}

type Change = (edit: (params: URLSearchParams) => void) => void;

/**
 * Reads the filters from the address and writes them there. A choice shows at once, and the next one builds
 * on it, while the page for the first is still on its way.
 */
function useAddressFilters(): { params: URLSearchParams; change: Change; busy: boolean } {
  const current = useSearchParams().toString();
  const path = usePathname();
  const router = useRouter();
  const [busy, startTransition] = useTransition();
  const [shown, show] = useOptimistic(current);
  const latest = useRef(current);
  useEffect(() => {
    if (!busy) latest.current = current;
  }, [busy, current]);

  const change: Change = (edit) => {
    const next = new URLSearchParams(latest.current);
    edit(next);
    for (const key of ["page", "before", "after"]) next.delete(key);
    const query = next.toString();
    latest.current = query;
    startTransition(() => {
      show(query);
      router.replace((query ? `${path}?${query}` : path) as never, { scroll: false });
    });
  };
  return { params: new URLSearchParams(shown), change, busy };
}

function clear(params: URLSearchParams, filters: readonly Filter[]): void {
  for (const { key } of filters) params.delete(key);
}

type SearchBoxProps = { name: string; placeholder: string; initial: string; change: Change };

const TYPING_PAUSE_MS = 250;

function SearchBox({ name, placeholder, initial, change }: SearchBoxProps) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const write = (text: string) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(
      () => change((next) => (text ? next.set(name, text) : next.delete(name))),
      TYPING_PAUSE_MS,
    );
  };
  return (
    <span className="relative">
      <Search className="pointer-events-none absolute top-1.5 left-2 size-4 text-muted" aria-hidden />
      <input
        type="search"
        data-list-search
        aria-label={placeholder}
        placeholder={placeholder}
        defaultValue={initial}
        onChange={(event) => write(event.target.value)}
        className="h-7 w-64 max-w-full rounded-md border border-line-strong bg-surface pr-2 pl-8 text-sm placeholder:text-muted"
      />
    </span>
  );
}
