"use client";

import { useState, useTransition } from "react";
import { toast } from "sonner";
import { Button } from "#/components/ui/button.tsx";
import { ConfirmDialog } from "#/components/ui/confirm-dialog.tsx";
import { EmptyState } from "#/components/ui/empty-state.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#/components/ui/table.tsx";
import type { AgentLink } from "#/lib/directory/list-links.ts";
import { LinkSheet, type SaveLink } from "./link-sheet.tsx";

type RemoveLink = (input: {
  connectionId: string;
  name: string;
}) => Promise<{ ok: true } | { ok: false; message: string }>;

type LinkTableProps = {
  links: readonly AgentLink[];
  connectionId: string;
  searched: string | undefined;
  /** Both absent for who may only look. */
  save: SaveLink | undefined;
  remove: RemoveLink | undefined;
};

export function LinkTable({ links, connectionId, searched, save, remove }: LinkTableProps) {
  if (links.length === 0) {
    return searched ? (
      <EmptyState title="No link fits">No key and no agent id contains “{searched}”.</EmptyState>
    ) : (
      <EmptyState title="No links">
        None are needed while desktop and events call an agent the same. Where an agent above stays unmatched,
        link one of the keys.
      </EmptyState>
    );
  }
  return (
    <Table caption="Links by hand">
      <TableHead>
        <TableHeader>Key of the desktop</TableHeader>
        <TableHeader>Agent in the events</TableHeader>
        <TableHeader width="min" />
      </TableHead>
      <TableBody>
        {links.map((link) => (
          <TableRow key={link.name}>
            <TableCell tone="mono">{link.name}</TableCell>
            <TableCell tone="mono">{link.agentId}</TableCell>
            <TableCell wrap="never" align="right">
              {save && remove ? (
                <span className="inline-flex gap-1">
                  <LinkSheet connectionId={connectionId} save={save} link={link} />
                  <RemoveButton link={link} remove={() => remove({ connectionId, name: link.name })} />
                </span>
              ) : null}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

type RemoveButtonProps = { link: AgentLink; remove: () => ReturnType<RemoveLink> };

function RemoveButton({ link, remove }: RemoveButtonProps) {
  const [asked, setAsked] = useState(false);
  const [busy, startTransition] = useTransition();
  const go = () =>
    startTransition(async () => {
      const result = await remove();
      if (!result.ok) return void toast.error(result.message);
      toast.success("The link is removed.");
      setAsked(false);
    });
  return (
    <>
      <Button
        size="sm"
        variant="ghost"
        aria-label={`Remove the link of ${link.name}`}
        onClick={() => setAsked(true)}
      >
        Remove
      </Button>
      <ConfirmDialog
        open={asked}
        onOpenChange={setAsked}
        title={`Remove the link of ${link.name}?`}
        footer={
          <>
            <Button onClick={() => setAsked(false)}>Keep it</Button>
            <Button variant="danger" busy={busy} onClick={go}>
              Remove
            </Button>
          </>
        }
      >
        Widgets that use this key are matched by their other keys from then on, or not at all.
      </ConfirmDialog>
    </>
  );
}
