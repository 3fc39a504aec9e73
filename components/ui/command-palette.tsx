"use client";

import { Command } from "cmdk";
import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { Dialog } from "radix-ui";
import { type ReactNode, useEffect, useState } from "react";
import { Button } from "./button.tsx";
import { Kbd } from "./kbd.tsx";

export type CommandItem = {
  id: string;
  label: string;
  href: string;
  hint?: string;
  icon?: ReactNode;
  keywords?: string[];
};
export type CommandGroup = { heading: string; items: readonly CommandItem[] };

type CommandPaletteProps = { groups: readonly CommandGroup[] };

/** Goes anywhere by name: Ctrl+K, or the button that it renders. */
export function CommandPalette({ groups }: CommandPaletteProps) {
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
          <PaletteList groups={groups} go={go} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PaletteList({ groups, go }: CommandPaletteProps & { go: (href: string) => void }) {
  return (
    <Command label="Go to" loop>
      <div className="flex items-center gap-2 border-b px-3">
        <Search className="size-4 text-muted" aria-hidden />
        <Command.Input
          placeholder="A page, connection, queue, document, conversation or event id"
          className="h-11 w-full bg-transparent text-base outline-none placeholder:text-muted"
        />
        <Kbd keys="Esc" />
      </div>
      <Command.List className="max-h-[50vh] overflow-y-auto p-1">
        <Command.Empty className="px-3 py-8 text-center text-sm text-muted">
          Nothing by that name. Try fewer letters.
        </Command.Empty>
        {groups.map((group) => (
          <Command.Group
            key={group.heading}
            heading={group.heading}
            className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted"
          >
            {group.items.map((item) => (
              <Command.Item
                key={item.id}
                value={`${item.label} ${item.id}`}
                keywords={item.keywords}
                onSelect={() => go(item.href)}
                className="flex h-9 cursor-default items-center gap-2.5 rounded-sm px-2 text-base data-[selected=true]:bg-hover [&_svg]:size-4 [&_svg]:text-muted"
              >
                {item.icon}
                <span className="truncate">{item.label}</span>
                {item.hint ? <span className="ml-auto truncate text-sm text-muted">{item.hint}</span> : null}
              </Command.Item>
            ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command>
  );
}
