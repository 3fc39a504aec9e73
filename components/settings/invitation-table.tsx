"use client";

import { toast } from "sonner";
import { Button } from "#/components/ui/button.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#/components/ui/table.tsx";
import { RelativeTime } from "#/components/ui/time.tsx";
import type { InvitationRow } from "#/lib/tenancy/list-members.ts";
import type { ActionResult } from "./action-result.ts";
import { refusalWords } from "./outcome.ts";

type InvitationTableProps = {
  invitations: readonly InvitationRow[];
  /** Undefined for readers who may not change anything. */
  revoke: ((invitation: { invitationId: string }) => Promise<ActionResult>) | undefined;
};

/** Invitations that can still be accepted. */
export function InvitationTable({ invitations, revoke }: InvitationTableProps) {
  const end = async (row: InvitationRow) => {
    const result = await revoke?.({ invitationId: row.id });
    if (result?.ok) toast.success(`The link for ${row.email} counts no more.`);
    else if (result) toast.error(refusalWords(result));
  };
  return (
    <Table caption="Open invitations">
      <TableHead>
        <TableHeader>E-mail</TableHeader>
        <TableHeader width="min">Role</TableHeader>
        <TableHeader width="min">Invited by</TableHeader>
        <TableHeader width="min">Expires</TableHeader>
        {revoke ? (
          <TableHeader width="min">
            <span className="sr-only">Revoke</span>
          </TableHeader>
        ) : null}
      </TableHead>
      <TableBody>
        {invitations.map((row) => (
          <TableRow key={row.id}>
            <TableCell>{row.email}</TableCell>
            <TableCell width="min" wrap="never">
              {row.role.name}
            </TableCell>
            <TableCell width="min" wrap="never" tone="muted">
              {row.invitedBy}
            </TableCell>
            <TableCell width="min" wrap="never" tone="muted">
              <RelativeTime at={row.expiresAt} />
            </TableCell>
            {revoke ? (
              <TableCell width="min" align="right">
                <Button
                  size="sm"
                  variant="danger-quiet"
                  aria-label={`Revoke the invitation of ${row.email}`}
                  onClick={() => end(row)}
                >
                  Revoke
                </Button>
              </TableCell>
            ) : null}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
