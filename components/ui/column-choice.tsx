"use client";

import { Columns3 } from "lucide-react";
import { Button } from "./button.tsx";
import { DropdownMenu, MenuCheck, MenuLabel } from "./dropdown-menu.tsx";

type ColumnChoiceProps = {
  columns: readonly { id: string; header: string; shown?: "always" | "later" }[];
  /** Ids of those that are on the page now. */
  shown: readonly string[];
  onChange: (id: string, visible: boolean) => void;
};

/** Which columns a table shows. Nothing where each of them must stay. */
export function ColumnChoice({ columns, shown, onChange }: ColumnChoiceProps) {
  const free = columns.filter((column) => column.shown !== "always");
  if (free.length === 0) return null;
  return (
    <DropdownMenu
      trigger={
        <Button variant="ghost" size="sm">
          <Columns3 aria-hidden />
          Columns
        </Button>
      }
    >
      <MenuLabel>Kept in this browser</MenuLabel>
      {free.map(({ id, header }) => (
        <MenuCheck
          key={id}
          keepOpen
          checked={shown.includes(id)}
          onCheckedChange={(checked) => onChange(id, checked)}
        >
          {header}
        </MenuCheck>
      ))}
    </DropdownMenu>
  );
}
