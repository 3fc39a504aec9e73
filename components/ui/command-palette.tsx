"use client";

import { Command } from "cmdk";
import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { Dialog } from "radix-ui";
import { type ReactNode, useEffect, useState } from "react";
import type { PlatformId } from "#/lib/kernel/platform-id.ts";
import { Button } from "./button.tsx";
import { Kbd } from "./kbd.tsx";
import { PlatformMark } from "./platform-mark.tsx";
import { type FoundPlace, useFoundPlaces } from "./use-found-places.ts";

export type CommandItem = {
  id: string;
  label: string;
  href: string;
  hint?: string;
  icon?: ReactNode;
  keywords?: string[];
};
export type CommandGroup = { heading: string; items: readonly CommandItem[] };

type CommandPaletteProps = {
  groups: readonly CommandGroup[];
  /** The tenant's slug: with it, what is typed is looked for on the server too. */
  slug?: string;
};

/** Goes anywhere by name: Ctrl+K, or the button that it renders. */
export function CommandPalette({ groups, slug }: CommandPaletteProps) {
  const [open, setOpen] = useState(false);
  const router = useRouter();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setOpen((was) => !was);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  const go = (href: string) => {
    setOpen(false);
    router.push(href as never);
  };

  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger asChild>
        <Button size="sm" aria-keyshortcuts="Control+K">
          <Search aria-hidden />
          <span className="sr-only sm:hidden">Go to</span>
          <span className="hidden font-normal text-muted sm:inline">Go to…</span>
          <span className="hidden sm:inline">
            <Kbd keys="Ctrl+K" />
          </span>
        </Button>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 bg-overlay data-[state=open]:animate-in data-[state=open]:fade-in-0" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed top-[14vh] left-1/2 z-50 w-[calc(100vw-2rem)] max-w-xl -translate-x-1/2 overflow-hidden rounded-md bg-raised shadow-float outline-none data-[state=open]:animate-in data-[state=open]:fade-in-0"
        >
          <Dialog.Title className="sr-only">Go to</Dialog.Title>
          <PaletteList groups={groups} slug={slug} go={go} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

type PaletteListProps = {
  groups: readonly CommandGroup[];
  slug: string | undefined;
  go: (href: string) => void;
};

function PaletteList({ groups, slug, go }: PaletteListProps) {
  const [typed, setTyped] = useState("");
  const { places, busy, failed } = useFoundPlaces(slug && `/${slug}/find`, typed);
  const known = new Set(groups.flatMap(({ items }) => items.map(({ id }) => id)));
  const found = foundGroups(
    places.filter(({ id }) => !known.has(id)),
    slug ?? "",
    typed,
  );
  return (
    <Command label="Go to" loop>
      <div className="flex items-center gap-2 border-b px-3">
        <Search className="size-4 text-muted" aria-hidden />
        <Command.Input
          value={typed}
          onValueChange={setTyped}
          placeholder="A page, connection, queue, document, conversation or event id"
          className="h-11 w-full bg-transparent text-base outline-none placeholder:text-muted"
        />
        <Kbd keys="Esc" />
      </div>
      <Command.List className="max-h-[50vh] overflow-y-auto p-1" aria-busy={busy}>
        <Command.Empty className="px-3 py-8 text-center text-sm text-muted">
          {emptyWords(busy, failed)}
        </Command.Empty>
        {[...groups, ...found].map((group) => (
          <Command.Group
            key={group.heading}
            heading={group.heading}
            className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted"
          >
            {group.items.map((item) => (
              <PaletteItem key={item.id} item={item} go={go} />
            ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command>
  );
}

function emptyWords(busy: boolean, failed: boolean): string {
  if (busy) return "Looking…";
  if (failed) return "The server does not answer. Pages are still found here.";
  return "Nothing by that name. Try fewer letters, or a whole id.";
}

function PaletteItem({ item, go }: { item: CommandItem; go: (href: string) => void }) {
  return (
    <Command.Item
      value={`${item.label} ${item.id}`}
      keywords={item.keywords ?? []}
      onSelect={() => go(item.href)}
      className="flex h-9 cursor-default items-center gap-2.5 rounded-sm px-2 text-base data-[selected=true]:bg-hover [&_svg]:size-4 [&_svg]:text-muted"
    >
      {item.icon}
      <span className="truncate">{item.label}</span>
      {item.hint ? <span className="ml-auto truncate text-sm text-muted">{item.hint}</span> : null}
    </Command.Item>
  );
}

const HEADINGS: Record<string, string> = {
  connection: "Found connections",
  queue: "Queues",
  document: "Knowledge documents",
  conversation: "Conversations",
  event: "Events",
  delivery: "Unread deliveries",
};

/** What the server found fits what was typed, whatever the words on it are. */
function foundGroups(places: readonly FoundPlace[], slug: string, typed: string): CommandGroup[] {
  return Object.entries(HEADINGS).flatMap(([kind, heading]) => {
    const items = places
      .filter((place) => place.kind === kind)
      .map(({ id, label, hint, path, platform }) => ({
        id,
        label,
        hint,
        href: `/${slug}${path}`,
        keywords: [typed],
        icon: platform ? <PlatformMark platform={platform as PlatformId} size={16} /> : undefined,
      }));
    return items.length > 0 ? [{ heading, items }] : [];
  });
}
