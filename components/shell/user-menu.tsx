"use client";

import { LogOut, Monitor, Moon, Sun, UserRound } from "lucide-react";
import Link from "next/link";
import { useParams } from "next/navigation";
import { useTheme } from "next-themes";
import { DropdownMenu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from "../ui/dropdown-menu.tsx";
import { leave } from "./leave.ts";

const THEMES = [
  { value: "light", label: <Choice icon={<Sun aria-hidden />} word="Light" /> },
  { value: "dark", label: <Choice icon={<Moon aria-hidden />} word="Dark" /> },
  { value: "system", label: <Choice icon={<Monitor aria-hidden />} word="As the system" /> },
];

type UserMenuProps = { name: string; email: string; role: string };

/** Who is signed in, the theme, and the way out. */
export function UserMenu({ name, email, role }: UserMenuProps) {
  const { theme = "system", setTheme } = useTheme();
  const { tenant } = useParams<{ tenant: string }>();
  return (
    <DropdownMenu
      align="start"
      side="top"
      trigger={
        <button
          type="button"
          className="flex h-11 w-full min-w-0 items-center gap-2.5 rounded-md px-2 text-left transition-colors hover:bg-hover data-[state=open]:bg-hover"
        >
          <span
            aria-hidden
            className="flex size-7 shrink-0 items-center justify-center rounded-full bg-accent-fill text-xs font-semibold text-accent-text"
          >
            {initials(name)}
          </span>
          <span className="min-w-0 leading-4">
            <span className="block truncate text-sm font-medium">{name}</span>
            <span className="block truncate text-xs text-muted">{role}</span>
          </span>
          <span className="sr-only">theme and sign out</span>
        </button>
      }
    >
      <MenuLabel>{email}</MenuLabel>
      <MenuSeparator />
      <MenuLabel>Theme</MenuLabel>
      <MenuChoice label="Theme" value={theme} onValueChange={setTheme} options={THEMES} />
      <MenuSeparator />
      <MenuItem asChild>
        <Link href={`/${tenant}/profile` as never}>
          <UserRound aria-hidden />
          Your account
        </Link>
      </MenuItem>
      <MenuItem onSelect={leave}>
        <LogOut aria-hidden />
        Sign out
      </MenuItem>
    </DropdownMenu>
  );
}

function Choice({ icon, word }: { icon: React.ReactNode; word: string }) {
  return (
    <>
      {icon}
      {word}
    </>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return `${words[0]?.[0] ?? ""}${words.length > 1 ? (words.at(-1)?.[0] ?? "") : ""}`.toUpperCase() || "?";
}
