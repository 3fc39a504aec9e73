import { Download } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../ui/button.tsx";
import { DropdownMenu, MenuItem, MenuLabel } from "../ui/dropdown-menu.tsx";

/** What can be done with all that a filter leaves. */
export function ListActions({ exportHref, replay }: { exportHref: string; replay: ReactNode }) {
  const address = (format: string) => `${exportHref}${exportHref.includes("?") ? "&" : "?"}format=${format}`;
  return (
    <>
      {replay}
      <DropdownMenu
        trigger={
          <Button size="sm" variant="ghost">
            <Download aria-hidden />
            Export
          </Button>
        }
      >
        <MenuLabel>All that fits the filter, redacted</MenuLabel>
        <MenuItem asChild>
          <a href={address("csv")} download>
            CSV, for a spreadsheet
          </a>
        </MenuItem>
        <MenuItem asChild>
          <a href={address("jsonl")} download>
            JSON lines, for a program
          </a>
        </MenuItem>
      </DropdownMenu>
    </>
  );
}
