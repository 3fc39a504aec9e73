"use client";

import { FileSpreadsheet } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "#/components/ui/button.tsx";
import { DropdownMenu, MenuItem } from "#/components/ui/dropdown-menu.tsx";
import { ImportSheet } from "./import-sheet.tsx";
import { type MappingChanges, type MappingReads, UNREACHABLE } from "./mapping-changes.ts";

type CsvMenuProps = { reads: MappingReads; changes: MappingChanges | undefined; empty: boolean };

/** The mappings as a file, out and in. */
export function CsvMenu({ reads, changes, empty }: CsvMenuProps) {
  const [importing, setImporting] = useState(false);
  const save = async () => {
    const result = await reads.exportCsv({}).catch(() => UNREACHABLE);
    if (!result.ok) return void toast.error(result.message);
    download("queue-mappings.csv", result.text);
  };
  return (
    <>
      <DropdownMenu
        trigger={
          <Button>
            <FileSpreadsheet aria-hidden />
            CSV
          </Button>
        }
      >
        <MenuItem onSelect={() => void save()} disabled={empty}>
          Export all mappings
        </MenuItem>
        {changes ? <MenuItem onSelect={() => setImporting(true)}>Import a file…</MenuItem> : null}
      </DropdownMenu>
      {changes ? (
        <ImportSheet open={importing} onClose={() => setImporting(false)} changes={changes} />
      ) : null}
    </>
  );
}

function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob(["\uFEFF", text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
